/** The contract and the product held against each other: the document itself, who may do what, hostile input, every answer. */
@NullMarked
package gatehouse.contract;

import org.jspecify.annotations.NullMarked;
