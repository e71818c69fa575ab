/** The portal has no build step, so what a build would catch is caught here: words in one language only, changed vendored files, markup against the policy. */
package gatehouse.portal;
