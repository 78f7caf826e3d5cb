package dev.feedline.app.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at everything that Feedline needs of the machine, whether or not a server runs and whatever state the data
/// folder is in. It changes nothing but a file of its own that it writes, forces and deletes.
public final class Checkup {
    private final Path data;
    private final String host;
    private final int port;

    public Checkup(Path data, String host, int port) {
        this.data = data;
        this.host = host;
        this.port = port;
    }

    /// One thing that is looked at.
    interface Check {
        List<Finding> look() throws IOException;
    }

    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        look(findings, "java", new JavaCheck()::look);
        look(findings, "natives", new NativesCheck()::look);
        look(findings, "data folder", new FolderCheck(data)::look);
        look(findings, "rights", new RightsCheck(data)::look);
        look(findings, "disk", new DiskCheck(data)::look);
        look(findings, "clock", new ClockCheck(data)::look);
        look(findings, "server", new ServerCheck(data)::look);
        look(findings, "port", new PortCheck(data, host, port)::look);
        look(findings, "leftovers", new LeftoversCheck()::look);
        return findings;
    }

    /// A check that cannot even look has found something, too.
    private static void look(List<Finding> findings, String subject, Check check) {
        try {
            findings.addAll(check.look());
        } catch (IOException e) {
            findings.add(Finding.fail(subject, "cannot be looked at: " + e, "See to what the message names."));
        }
    }
}
