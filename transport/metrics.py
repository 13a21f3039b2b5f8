"""What is counted, in Prometheus's words."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The numbers of one server."""

    def __init__(self) -> None:
        """Start at nothing, in a registry of its own."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "http_requests", "HTTP requests.", ["route", "status"], registry=self.registry
        )
        self.operations = Counter(
            "graphql_operations",
            "GraphQL operations, by way, kind and outcome: OK or the first error's code.",
            ["way", "kind", "outcome"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "graphql_operation_seconds",
            "Duration of queries and mutations.",
            ["way"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.points = Counter(
            "graphql_points", "Points charged for operations.", ["way"], registry=self.registry
        )
        self.subscriptions = Gauge(
            "graphql_subscriptions_active", "Subscriptions that run.", registry=self.registry
        )
        self.sockets = Gauge("graphql_sockets_open", "Open sockets.", registry=self.registry)
        self.running = Gauge("http_requests_running", "Requests in work.", registry=self.registry)
        self.waiting = Gauge(
            "graphql_operations_waiting", "Operations that wait for a turn.", registry=self.registry
        )
        self.at_once = Gauge(
            "graphql_operations_at_once", "Operations that may run now.", registry=self.registry
        )
