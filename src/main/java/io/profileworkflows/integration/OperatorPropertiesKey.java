package io.profileworkflows.integration;

/**
 * Keys of the properties of a task; AppFlow has more, which are not accepted here.
 */
public enum OperatorPropertiesKey {

	VALUE, VALUES, DATA_TYPE, UPPER_BOUND, LOWER_BOUND, SOURCE_DATA_TYPE, DESTINATION_DATA_TYPE, VALIDATION_ACTION,
	MASK_VALUE, MASK_LENGTH, TRUNCATE_LENGTH, MATH_OPERATION_FIELDS_ORDER, CONCAT_FORMAT, SUBFIELD_CATEGORY_MAP

}
