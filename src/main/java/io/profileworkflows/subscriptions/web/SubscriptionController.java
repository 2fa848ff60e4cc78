package io.profileworkflows.subscriptions.web;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

import io.profileworkflows.http.BadParameter;
import io.profileworkflows.http.Documents;
import io.profileworkflows.http.Holds;
import io.profileworkflows.http.IfMatch;
import io.profileworkflows.http.Paging;
import io.profileworkflows.http.RequestDocument;
import io.profileworkflows.security.Caller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.security.Role;
import io.profileworkflows.subscriptions.Delivery;
import io.profileworkflows.subscriptions.Subscription;
import io.profileworkflows.subscriptions.Subscriptions;
import io.profileworkflows.workflow.HexId;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Subscriptions to events, and what was delivered to them. The roles are those of
 * workflows: a submitter of all domains of a subscription sees and changes it. For others
 * there is none.
 */
@RestController
@RequestMapping(path = "/subscriptions",
		produces = { MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE })
class SubscriptionController {

	private static final String OF_DELIVERY = "evt_";

	private final Subscriptions subscriptions;

	private final Documents documents;

	SubscriptionController(Subscriptions subscriptions, Documents documents) {
		this.subscriptions = subscriptions;
		this.documents = documents;
	}

	/** CreateSubscription. */
	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "CreateSubscription")
	ResponseEntity<SubscriptionView> create(@Holds(SubscriptionBody.class) RequestDocument document,
			HttpServletRequest http) {
		IfMatch.requireNone(http);
		var body = documents.read(document, SubscriptionBody.class).require();
		var added = subscriptions.add(body.toNewSubscription(), Caller.current());
		return ResponseEntity.created(URI.create("/subscriptions/" + added.subscription().wireId()))
			.body(SubscriptionView.of(added));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "ListSubscriptions")
	SubscriptionListView list(@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		var paging = Paging.of(maxResults, nextToken);
		var list = "subscriptions";
		var found = subscriptions.list(Caller.current(), paging.offset(list), paging.maxResults() + 1);
		return new SubscriptionListView(paging.page(found).stream().map(SubscriptionView::of).toList(),
				paging.next(list, found, Subscription::number));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "GetSubscription", path = "/{subscriptionId}")
	SubscriptionView get(@PathVariable String subscriptionId) {
		return SubscriptionView.of(subscriptions.require(idOf(subscriptionId), Caller.current()));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@DeleteMapping(name = "DeleteSubscription", path = "/{subscriptionId}")
	SubscriptionView delete(@PathVariable String subscriptionId, HttpServletRequest http) {
		IfMatch.requireNone(http);
		return SubscriptionView.of(subscriptions.remove(idOf(subscriptionId), Caller.current()));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "TestSubscription", path = "/{subscriptionId}/test")
	TestView test(@PathVariable String subscriptionId, HttpServletRequest http) {
		IfMatch.requireNone(http);
		return new TestView(subscriptions.test(idOf(subscriptionId), Caller.current()));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "RotateSecret", path = "/{subscriptionId}/rotate-secret")
	SubscriptionView rotateSecret(@PathVariable String subscriptionId, HttpServletRequest http) {
		IfMatch.requireNone(http);
		return SubscriptionView.of(subscriptions.rotateSecret(idOf(subscriptionId), Caller.current()));
	}

	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "SwitchOnSubscription", path = "/{subscriptionId}/switch-on")
	SubscriptionView switchOn(@PathVariable String subscriptionId, HttpServletRequest http) {
		IfMatch.requireNone(http);
		return SubscriptionView.of(subscriptions.switchOn(idOf(subscriptionId), Caller.current()));
	}

	@Requires(value = Role.READER, inAnyDomain = true)
	@GetMapping(name = "ListDeliveries", path = "/{subscriptionId}/deliveries")
	DeliveryListView deliveries(@PathVariable String subscriptionId,
			@RequestParam(name = "max-results", required = false) @Nullable String maxResults,
			@RequestParam(name = "next-token", required = false) @Nullable String nextToken) {
		var paging = Paging.of(maxResults, nextToken);
		var id = idOf(subscriptionId);
		var list = "deliveries of " + id;
		var found = subscriptions.deliveries(id, Caller.current(), paging.offsetBelow(list), paging.maxResults() + 1);
		return new DeliveryListView(subscriptionId, paging.page(found).stream().map(DeliveryView::of).toList(),
				paging.next(list, found, Delivery::number));
	}

	/** Redeliver: sends an event once more. */
	@Requires(value = Role.SUBMITTER, inAnyDomain = true)
	@PostMapping(name = "Redeliver", path = "/{subscriptionId}/deliveries/{deliveryId}/redeliver")
	DeliveryView redeliver(@PathVariable String subscriptionId, @PathVariable String deliveryId,
			HttpServletRequest http) {
		IfMatch.requireNone(http);
		return DeliveryView.of(subscriptions.redeliver(idOf(subscriptionId), deliveryOf(deliveryId), Caller.current()));
	}

	private static UUID idOf(String part) {
		return HexId.parse(part)
			.orElseThrow(() -> new BadParameter("SubscriptionId", "must be 32 hex digits of 0-9 and a-f"));
	}

	private static UUID deliveryOf(String part) {
		return Optional.of(part)
			.filter(id -> id.startsWith(OF_DELIVERY))
			.flatMap(id -> HexId.parse(id.substring(OF_DELIVERY.length())))
			.orElseThrow(
					() -> new BadParameter("DeliveryId", "must be evt_ and 32 hex digits of 0-9 and a-f behind it"));
	}

}
