package gatehouse.load.reference;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Started with the settings of Spring: {@code server.port}, {@code spring.datasource.*}; and {@code reference.token-key}: of HS256, in Base64. */
@SpringBootApplication
public class ReferenceApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ReferenceApplication.class, arguments);
    }
}
