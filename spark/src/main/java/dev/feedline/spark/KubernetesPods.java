package dev.feedline.spark;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.SparkKubernetesClientFactory;
import scala.Option;

/// What a run has had Kubernetes make, pods above all: none of it outlives the run.
///
/// The driver is no pod, so nothing there owns its executors' pods: Spark deletes them when its context is stopped, and
/// nobody does when the driver is killed. So Feedline looks, after each run, whether the driver has seen the last of
/// them go, and otherwise has another process see to it ([LeftPods]).
final class KubernetesPods {
    private static final String APPLICATION = "spark-app-selector";
    private static final String AUTHENTICATION = "spark.kubernetes.authenticate";
    /// The threads in which Spark asks for pods; they end when a context is stopped.
    private static final String ASKING = "kubernetes-executor-snapshots-subscribers";
    /// After Spark's own hook.
    private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 5;
    /// Less than Feedline gives a driver that it has asked to end.
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /// Each deletes what there is.
    private static final int MOST_LOOKS = 5;

    private final SparkConf conf;
    private final RunLine line;
    private final Report report;

    /// The run's own first, then those of contexts that a script has made elsewhere.
    private final List<Application> applications = new CopyOnWriteArrayList<>();

    private volatile boolean jobHasEnded;

    /// What bears its label. No client can be made while a process ends.
    private record Application(KubernetesClient kubernetes, SparkConf conf, String id) {
        static Application of(String master, SparkConf conf, String id) {
            return new Application(client(master, conf), conf, id);
        }

        void remove() {
            KubernetesPods.remove(kubernetes, conf, id);
        }
    }

    private KubernetesPods(SparkConf conf, RunLine line, Report report) {
        this.conf = conf;
        this.line = line;
        this.report = report;
    }

    /// By the settings as they are now, in the system's properties.
    ///
    /// @param report is told when the job makes a context whose pods would not be found
    /// @return what is to be told when the job has ended
    /// @throws KubernetesClientException when Kubernetes cannot be asked, so that no pod is
    /// @throws IllegalStateException when what a run makes could not be deleted
    static Runnable endWithRun(RunLine line, Report report) {
        SparkConf conf = new SparkConf();
        requireRights(line.master(), conf);
        KubernetesPods pods = new KubernetesPods(conf, line, report);
        pods.applications.add(Application.of(line.master(), conf, line.application()));
        KubernetesListener.tell(pods::requireOwn);
        ShutdownHookManager.get().addShutdownHook(pods::seeThemGo, PRIORITY, LONGEST.toSeconds(), TimeUnit.SECONDS);
        return pods::jobHasEnded;
    }

    /// Spark has asked for the first pods already, and takes them back when this throws.
    private void requireOwn(SparkConf ofContext) {
        KubernetesPlace.difference(conf, ofContext).ifPresent(difference -> {
            String error = "The job has made a context whose pods Feedline would not find, so that it was ended: "
                    + difference + ". Let --conf say these, and not the script";
            report.failed(error);
            applications.add(Application.of(ofContext.get("spark.master"), ofContext, ofContext.get("spark.app.id")));
            throw new IllegalStateException(error);
        });
    }

    /// Nothing of the job is left that could make a context.
    private void jobHasEnded() {
        jobHasEnded = true;
    }

    /// The last of them are gone only where nobody can ask for more. A job that is stopped is still at work meanwhile,
    /// and Spark does not stop a context that is just being made.
    private void seeThemGo() {
        boolean isLast = jobHasEnded && !isAsking();
        try {
            applications.forEach(Application::remove);
            if (isLast) {
                KubernetesMaster.tellPodsGone(line);
            }
        } catch (KubernetesClientException | IllegalStateException e) {
            System.err.println("The pods of " + line.application() + " may not be deleted yet: " + e);
        }
    }

    private static boolean isAsking() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(ASKING));
    }

    /// Ends this process as if it had been asked to: a context that is there would make new pods in place of those that
    /// are deleted. Returns when that takes too long.
    static void exitInOrder(int status) {
        Thread exit = new Thread(() -> System.exit(status), "exit-in-order");
        exit.setDaemon(true);
        exit.start();
        try {
            exit.join(LONGEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @throws IllegalStateException when what a run makes could not be deleted
    static void requireRights(String master, SparkConf conf) {
        try (KubernetesClient kubernetes = client(master, conf)) {
            KubernetesRights.require(kubernetes, namespace(conf), conf);
        }
    }

    /// Deletes what bears the application's label, until there is nothing that is not being deleted.
    ///
    /// @throws KubernetesClientException when Kubernetes cannot be asked, or does not allow it
    static void remove(String master, SparkConf conf, String application) {
        try (KubernetesClient kubernetes = client(master, conf)) {
            remove(kubernetes, conf, application);
        }
    }

    private static void remove(KubernetesClient kubernetes, SparkConf conf, String application) {
        String namespace = namespace(conf);
        delete(kubernetes.pods().inNamespace(namespace).withLabel(APPLICATION, application));
        deleteWhereThereMayBe(
                KubernetesKind.CONFIG_MAPS,
                conf,
                kubernetes.configMaps().inNamespace(namespace).withLabel(APPLICATION, application));
        deleteWhereThereMayBe(
                KubernetesKind.CLAIMS,
                conf,
                kubernetes.persistentVolumeClaims().inNamespace(namespace).withLabel(APPLICATION, application));
    }

    /// Who may not look at a kind that a run with these settings does not make has none to delete.
    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void deleteWhereThereMayBe(
            KubernetesKind kind, SparkConf conf, FilterWatchListDeletable<T, L, ? extends Resource<T>> all) {
        try {
            delete(all);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN || kind.mayBeOf(conf)) {
                throw e;
            }
        }
    }

    private static <T extends HasMetadata, L extends KubernetesResourceList<T>> void delete(
            FilterWatchListDeletable<T, L, ? extends Resource<T>> all) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            List<T> left = all.list().getItems().stream()
                    .filter(one -> one.getMetadata().getDeletionTimestamp() == null)
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(one -> System.err.println(
                    "Deleting " + one.getKind() + " " + one.getMetadata().getName()));
            all.delete();
        }
        throw new IllegalStateException("Kubernetes still makes new ones");
    }

    private static String namespace(SparkConf conf) {
        return conf.get("spark.kubernetes.namespace", "default");
    }

    /// As Spark's own driver has it.
    private static KubernetesClient client(String master, SparkConf conf) {
        return SparkKubernetesClientFactory.createKubernetesClient(
                KubernetesMaster.apiServer(master),
                Option.apply(namespace(conf)),
                AUTHENTICATION,
                SparkKubernetesClientFactory.ClientType$.MODULE$.Driver(),
                conf,
                Option.empty());
    }
}
