package io.profileworkflows.notifications;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bound to the outbox's prefix, since waking up other replicas is most of what
 * notifications are for.
 *
 * @param listen whether to tell other replicas of new work and changed workflows, and to
 * listen to them (LISTEN and NOTIFY); without, they find it at their next poll
 */
@ConfigurationProperties("profile-workflows.outbox")
record NotificationSettings(boolean listen) {
}
