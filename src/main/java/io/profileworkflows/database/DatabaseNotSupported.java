package io.profileworkflows.database;

/**
 * The service would not work with this database, or not with what stands between them.
 */
class DatabaseNotSupported extends RuntimeException {

	private final String remedy;

	DatabaseNotSupported(String reason, String remedy) {
		super(reason);
		this.remedy = remedy;
	}

	String remedy() {
		return remedy;
	}

}
