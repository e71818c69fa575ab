/** The product under load, from outside its process: what a crash may cost (nothing), and how fast it is (by one command). */
@org.jspecify.annotations.NullMarked
package gatehouse.load;
