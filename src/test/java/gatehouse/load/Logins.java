package gatehouse.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import gatehouse.load.Town.Kind;
import gatehouse.registry.PersonalData;
import gatehouse.registry.PhoneNumber;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** People of a town who log in by phone and password, as the product does it for real. */
final class Logins {
    private static final String PASSWORD = "a long enough one";

    private Logins() {
    }

    /** Gives these residents' accounts a phone and a password. */
    static void open(Product product, Town town, IntStream residents) throws SQLException {
        var personalData = new PersonalData(product.keys());
        var hash = Password.hash(PASSWORD).addRandomSalt(16).with(Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID)).getResult();
        try (var connection = product.connect();
             var account = connection.prepareStatement("update account set phone_sealed = ?, phone_hash = ?, password_hash = ? where id = ?");
             var login = connection.prepareStatement("insert into account_login (phone_hash, compound_id, account_id) values (?, ?, ?)")) {
            for (int resident : residents.toArray()) {
                UUID id = Kind.ACCOUNT.id(resident);
                var phone = PhoneNumber.parse(Town.phone(resident)).toOptional().orElseThrow();
                account.setBytes(1, personalData.seal(phone, "account", id));
                account.setBytes(2, personalData.hashes(phone).getFirst());
                account.setString(3, hash);
                account.setObject(4, id);
                account.executeUpdate();
                login.setBytes(1, personalData.hashes(phone).getFirst());
                login.setObject(2, town.compoundOf(resident));
                login.setObject(3, id);
                login.executeUpdate();
            }
        }
    }

    /** An access token. */
    static String token(Product product, int resident) throws IOException {
        try (var line = new Line(product.port())) {
            var reply = line.post("/api/v1/auth/login", List.of(), """
                    {"phone":"%s","password":"%s"}""".formatted(Town.phone(resident), PASSWORD));
            assertEquals(200, reply.status(), reply::body);
            return new ObjectMapper().readTree(reply.body()).required("accessToken").textValue();
        }
    }
}
