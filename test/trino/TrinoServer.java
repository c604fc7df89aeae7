import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.StandaloneQueryRunner;
import io.trino.testing.TestingSession;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
        Thread.ofPlatform().daemon().start(() -> endWithInput(scratch));
        try {
            System.setOut(err);
            out.println(start());
        }
        catch (Exception e) {
            e.printStackTrace(err);
            end(scratch, 1);
        }
    }

    /** The port. Trino's own threads keep the process alive. */
    private static int start()
    {
        Logger.getLogger(Logging.class.getName()).setLevel(java.util.logging.Level.OFF);
        Logging.initialize().setLevel("", Level.ERROR);
        var session = TestingSession.testSessionBuilder().setCatalog("memory").setSchema("default").build();
        var trino = new StandaloneQueryRunner(session, server -> server
                .addProperty("query.max-length", "100000000")
                // By default, it keeps the plans of the last 100 queries. Those of long statements fill its memory. A test asks for the
                // latest ones.
                .addProperty("query.max-history", "40")
                // And 10,000 compiled expressions, which are as long.
                .addProperty("compiler.expression-cache-size", "100"));
        trino.installPlugin(new MemoryPlugin());
        trino.createCatalog("memory", "memory", Map.of());
        return trino.getCoordinator().getBaseUrl().getPort();
    }

    private static void endWithInput(Path scratch)
    {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        catch (IOException _) {
            // as good as the end
        }
        end(scratch, 0);
    }

    /** Without an orderly end of Trino, which would wait for queries that nobody waits for. */
    private static void end(Path scratch, int code)
    {
        try (var paths = Files.walk(scratch)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        catch (IOException | UncheckedIOException _) {
            // a file still in use; it lies among other temporary files
        }
        finally {
            Runtime.getRuntime().halt(code);
        }
    }
}
