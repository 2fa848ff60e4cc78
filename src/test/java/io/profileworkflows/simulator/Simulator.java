package io.profileworkflows.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Amazon Connect Customer Profiles account behind a port. It keeps what it is told,
 * moves statuses on by time, fails on demand, and writes down each call, so that a test
 * can say how many workflows came of one request.
 */
public final class Simulator implements AutoCloseable {

	private final SimulatorSettings settings;

	private final Faults faults = new Faults();

	private final CallLog calls;

	private final RateLimit limit;

	private final @Nullable StateFile stateFile;

	private final Account account;

	private final Flows flows;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private Simulator(SimulatorSettings settings, HttpServer server, @Nullable StateFile stateFile) {
		this.settings = settings;
		this.server = server;
		this.stateFile = stateFile;
		this.calls = new CallLog(settings.callsKept());
		this.limit = new RateLimit(settings.requestsPerSecond(), settings.clock());
		this.account = new Account(settings, calls, stateFile);
		this.flows = new Flows(account);
	}

	/**
	 * @throws PortInUse if something else listens there
	 */
	public static Simulator start(SimulatorSettings settings) {
		var server = bind(settings);
		StateFile stateFile = null;
		try {
			stateFile = settings.stateFile() == null ? null : StateFile.open(settings.stateFile());
			var simulator = new Simulator(settings, server, stateFile);
			simulator.listen();
			return simulator;
		}
		catch (RuntimeException failure) {
			server.stop(0);
			if (stateFile != null) {
				stateFile.close();
			}
			throw failure;
		}
	}

	private static HttpServer bind(SimulatorSettings settings) {
		try {
			return HttpServer.create(new InetSocketAddress(settings.bindAddress(), settings.port()), 0);
		}
		catch (BindException failure) {
			throw new PortInUse(settings.bindAddress(), settings.port(), failure);
		}
		catch (IOException failure) {
			throw new UncheckedIOException("Cannot listen on %s:%s".formatted(settings.bindAddress(), settings.port()),
					failure);
		}
	}

	private void listen() {
		server.setExecutor(threads);
		var customerProfiles = new WireHandler(
				new Operations(account, new AppFlowOperations(flows, account), faults, settings), faults, calls, limit,
				settings);
		var neighbours = new Neighbours(settings);
		server.createContext("/",
				exchange -> (Neighbours.areMeant(exchange) ? neighbours : customerProfiles).handle(exchange));
		server.createContext(AdminPages.ROOT, new AdminPages(this));
		server.start();
	}

	/** Where a client on this machine reaches it. */
	public URI endpoint() {
		var address = server.getAddress();
		var host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getAddress().getHostAddress();
		return URI.create("http://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
	}

	public Faults faults() {
		return faults;
	}

	public CallLog calls() {
		return calls;
	}

	/** What exists in the account now, the latest first. */
	public List<SimulatedWorkflow> workflows() {
		return account.latestFirst().stream().map(account::show).toList();
	}

	/**
	 * How many workflows were made though their FlowName was taken, since the last reset.
	 */
	public int duplicates() {
		return account.duplicates();
	}

	/** Starts a workflow as somebody else in the account would; no call is logged. */
	public SimulatedWorkflow plant(ForeignWorkflow foreign) {
		return account.show(account.create(foreign.domainName(), foreign.toRequest(), true, foreign.createdAt()));
	}

	/**
	 * Sets a status by hand, even one that no SDK knows yet; time no longer changes it.
	 */
	public void pin(String workflowId, String status, @Nullable String description) {
		account.pin(workflowId, status, description);
	}

	/** A definition in the words of Customer Profiles, in those of AppFlow. */
	public static ObjectNode asAppFlowWrites(JsonNode definition) {
		return (ObjectNode) Flows.uncapitalized(definition);
	}

	/** The flows of the simulated AppFlow, by their names. */
	public List<SimulatedFlow> flows() {
		return flows.all();
	}

	/** Shows a flow exactly like this from now on. */
	public void plant(PlantedFlow flow) {
		flows.plant(flow);
	}

	/** Lets something be wrong with a flow from now on. */
	public void trouble(String flowName, Trouble trouble) {
		account.trouble(flowName, trouble);
	}

	/** Lets nothing be wrong with a flow any more. */
	public void mend(String flowName) {
		account.mend(flowName);
	}

	/** Forgets workflows, tags, calls and faults, in the state file as well. */
	public void reset() {
		faults.clear();
		limit.clear();
		account.clear();
		flows.clear();
		calls.clear();
	}

	/** Drops whatever is under way, as a crash would. */
	@Override
	public void close() {
		server.stop(0);
		threads.shutdownNow();
		threads.close();
		if (stateFile != null) {
			stateFile.close();
		}
	}

}
