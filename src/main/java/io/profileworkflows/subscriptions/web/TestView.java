package io.profileworkflows.subscriptions.web;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A test that is on its way.
 */
record TestView(@JsonProperty("DeliveryId") String deliveryId) {
}
