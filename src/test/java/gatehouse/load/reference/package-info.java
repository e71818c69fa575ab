/**
 * The same {@code POST /health-reports} as most back ends of this kind are written, to compare with: Spring Boot, Tomcat, a filter for
 * the token, a controller, a transactional service, JDBC statement by statement, a pool of connections. It shares the product's tables
 * and no code of it. Only the benchmark starts it; it is no part of the jar.
 */
@org.jspecify.annotations.NullMarked
package gatehouse.load.reference;
