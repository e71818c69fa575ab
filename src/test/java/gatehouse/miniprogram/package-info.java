/**
 * The mini program in {@code miniprogram-stubs}: its own JavaScript, run in node on a phone that is none ({@code src/test/js/miniprogram}) against
 * the running product and WeChat's emulator; its files, compared with the contract and compiled by WeChat's published compilers.
 */
@NullMarked
package gatehouse.miniprogram;

import org.jspecify.annotations.NullMarked;
