package gatehouse.load;

import gatehouse.support.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** What a fault is tried on: the product with its own PostgreSQL and a town in it, and others beside it on the same database. */
final class Stage implements AutoCloseable {
    private final Path folder;
    private final Product product;
    private final Town town;

    private Stage(Path folder, Product product, Town town) {
        this.folder = folder;
        this.product = product;
        this.town = town;
    }

    /** A running product in that folder, with a town of so many households. */
    static Stage open(Path folder, int households, Map<String, String> environment) throws IOException, SQLException {
        Files.createDirectories(folder);
        var stage = new Stage(folder, Product.ofClasses(folder.resolve("data"), environment), new Town(1, households, 2));
        stage.product.start();
        Crowd.settle(stage.product, stage.town);
        return stage;
    }

    static Stage open(Path folder, int households) throws IOException, SQLException {
        return open(folder, households, Map.of());
    }

    Product product() {
        return product;
    }

    Town town() {
        return town;
    }

    Crowd crowd() {
        return Crowd.at(product, product, town);
    }

    /** Another instance, which is not started yet. */
    Product beside(String name) throws IOException {
        return product.beside(Files.createDirectories(folder.resolve(name)).resolve("data"));
    }

    /** Another instance, behind a line to the database that can be harmed. */
    Product behind(TcpProxy line) throws IOException {
        return product.beside(Files.createDirectories(folder.resolve("behind")).resolve("data"), line.port());
    }

    TcpProxy line() {
        return new TcpProxy("127.0.0.1", product.databasePort());
    }

    @Override
    public void close() {
        product.close();
    }
}
