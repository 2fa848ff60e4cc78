package io.profileworkflows.workflow.web;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An answer without members, which AWS's clients expect where there is nothing to say.
 */
@Schema(name = "NoMembers")
record NoMembers() {
}
