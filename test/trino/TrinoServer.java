import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.StandaloneQueryRunner;
import io.trino.testing.TestingSession;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * A Trino in memory on a free port of 127.0.0.1: prints the port, and ends when standard input does, so that it cannot
 * outlive the tests. Its only argument is a folder for scratch files (also java.io.tmpdir), which it removes at the end.
 */
public class TrinoServer
{
    public static void main(String[] args)
    {
        PrintStream out = System.out;
        PrintStream err = System.err;
        Path scratch = Path.of(args[0]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(scratch)));
        Thread.ofPlatform().daemon().start(TrinoServer::endWithInput);
        try {
            System.setOut(err);
            out.println(start());
        }
        catch (Exception e) {
            e.printStackTrace(err);
            System.exit(1);
        }
    }

    /** The port. Trino's own threads keep the process alive. */
    private static int start()
    {
        Logger.getLogger(Logging.class.getName()).setLevel(java.util.logging.Level.OFF);
        Logging.initialize().setLevel("", Level.ERROR);
        var session = TestingSession.testSessionBuilder().setCatalog("memory").setSchema("default").build();
        var trino = new StandaloneQueryRunner(session, server -> server
                .addProperty("query.max-length", "100000000"));
        trino.installPlugin(new MemoryPlugin());
        trino.createCatalog("memory", "memory", Map.of());
        return trino.getCoordinator().getBaseUrl().getPort();
    }

    private static void endWithInput()
    {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        catch (IOException _) {
            // as good as the end
        }
        System.exit(0);
    }

    private static void remove(Path folder)
    {
        try (var paths = Files.walk(folder)) {
            List<Path> inward = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : inward) {
                Files.deleteIfExists(path);
            }
        }
        catch (IOException _) {
            // a file still in use; the folder lies among other temporary files
        }
    }
}
