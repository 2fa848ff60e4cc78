package io.profileworkflows;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.text.Format;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Formatter;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.outbox.Outbox;
import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.security.Requires;
import io.profileworkflows.simulator.Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestMapping;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

@OnTheSide
class HouseRulesTests {

	private static final JavaClasses production = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackagesOf(ProfileWorkflowsApplication.class);

	private static final JavaClasses tests = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
		.importPackagesOf(ProfileWorkflowsApplication.class);

	private static final DescribedPredicate<JavaAnnotation<?>> ISOLATION = DescribedPredicate.describe(
			"an isolation, which the driver sets for the whole session",
			annotation -> annotation.getRawType().isEquivalentTo(Transactional.class)
					&& annotation.as(Transactional.class).isolation() != Isolation.DEFAULT);

	@Test
	void onlyTheAdaptersKnowAws() {
		noClasses().that()
			.resideOutsideOfPackages("..customerprofiles..", "..appflow..", "..preflight..", "..security..",
					"..subscriptions..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("software.amazon..")
			.because("the rest of the service speaks of outcomes, not of SDK exceptions")
			.check(production);
	}

	/** A signature is checked by making it again, which AWS's own signer does best. */
	@Test
	void securityKnowsNoMoreOfAwsThanItsSigner() {
		noClasses().that()
			.resideInAPackage("..security..")
			.and()
			.doNotHaveSimpleName("ExpectedSignature")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("software.amazon..")
			.check(production);
		noClasses().that()
			.resideInAPackage("..security..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("software.amazon.awssdk.services..")
			.check(production);
	}

	@Test
	void operationsSayWhoMayAskForThem() {
		methods().that()
			.areDeclaredInClassesThat()
			.areMetaAnnotatedWith(Controller.class)
			.and()
			.areMetaAnnotatedWith(RequestMapping.class)
			.should()
			.beAnnotatedWith(Requires.class)
			.orShould()
			.beAnnotatedWith(ForAnyCaller.class)
			.check(production);
	}

	@Test
	void timeComesFromTheClock() {
		noClasses().should()
			.callMethod(Instant.class, "now")
			.because("tests must be able to move time")
			.check(production);
	}

	@Test
	void workRunsOnPlatformThreads() {
		noClasses().should()
			.callMethod(Thread.class, "ofVirtual")
			.orShould()
			.callMethod(Thread.class, "startVirtualThread", Runnable.class)
			.orShould()
			.callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
			.because("a virtual thread that loads a class pins one of few carriers (docs/adr/0007)")
			.check(production);
	}

	@Test
	void documentsAreNotReadOnThreadsThatAnswer() {
		noClasses().that()
			.resideInAPackage("..web..")
			.and()
			.doNotHaveSimpleName("Documents")
			.should()
			.callMethod(DocumentReader.class, "read", byte[].class, DocumentFormat.class, Class.class)
			.orShould()
			.callMethod(DocumentReader.class, "readRequest", byte[].class, DocumentFormat.class, String.class)
			.because("a document of a few bytes can take long to read")
			.check(production);
	}

	@Test
	void queriesAreReadToTheirEnd() {
		noClasses().should()
			.callMethod(JdbcClient.MappedQuerySpec.class, "stream")
			.because("a stream that is not closed keeps its connection")
			.check(production);
	}

	@Test
	void transactionsLeaveTheirSessionAsItWas() {
		noMethods().should().beAnnotatedWith(ISOLATION).check(production);
		noClasses().should()
			.beAnnotatedWith(ISOLATION)
			.because("behind a pooler the session is somebody else's by the next transaction")
			.check(production);
	}

	@Test
	void controllersArePackagePrivate() {
		classes().that()
			.areMetaAnnotatedWith(Controller.class)
			.should()
			.bePackagePrivate()
			.allowEmptyShould(true)
			.check(production);
	}

	@Test
	void dependenciesArriveThroughTheConstructor() {
		noFields().should().beAnnotatedWith(Autowired.class).allowEmptyShould(true).check(production);
	}

	@Test
	void onlyTheEngineEndsWork() {
		assertThat(Arrays.stream(Outbox.class.getMethods()).map(Method::getName)).doesNotContain("hold", "finish",
				"end", "park");
	}

	@Test
	void textForMachinesHasNoLocale() {
		noClasses().should()
			.callMethod(String.class, "toLowerCase")
			.orShould()
			.callMethod(String.class, "toUpperCase")
			.orShould()
			.callMethod(String.class, "format", String.class, Object[].class)
			.orShould()
			.callMethod(Locale.class, "getDefault")
			.orShould()
			.callMethod(DateTimeFormatter.class, "ofPattern", String.class)
			.orShould()
			.callMethodWhere(
					target(nameMatching("ofLocalized.*")).and(target(owner(assignableTo(DateTimeFormatter.class)))))
			.orShould()
			.callMethodWhere(target(nameMatching("printf|format"))
				.and(target(owner(assignableTo(PrintStream.class).or(assignableTo(PrintWriter.class))))))
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Format.class)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Formatter.class)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Scanner.class)
			.because("some languages have digits and letters of their own: Locale.ROOT has none")
			.check(production);
	}

	/** {@code formatted} takes no locale, and without %d it needs none. */
	@Test
	void numbersAreFormattedAsText() {
		assertThat(Stream.concat(production.stream(), tests.stream().filter(HouseRulesTests::isTriedOut))
			.flatMap(type -> LocalizedFormats.in(type).stream())).isEmpty();
	}

	/** The simulator and the local run start on machines of all languages. */
	private static boolean isTriedOut(JavaClass type) {
		var isOfSimulator = type.getPackageName().equals(Simulator.class.getPackageName());
		return isOfSimulator && !type.getName().contains("Tests") || type.isEquivalentTo(LocalRun.class)
				|| type.isEquivalentTo(LocalDatabase.class);
	}

	@Test
	void testsOnTheSideShareNoDatabase() {
		noClasses().that()
			.areAnnotatedWith(OnTheSide.class)
			.should()
			.callMethod(Postgres.class, "migrated")
			.orShould()
			.callMethod(Postgres.class, "shared")
			.because("other tests use it at the same time, some of which empty its tables")
			.check(tests);
	}

	@Test
	void testsReadNoOutputOfOthers() {
		noClasses().should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("org.springframework.boot.test.system.OutputCaptureExtension")
			.because("it takes all that the JVM prints, and other tests run beside; OwnOutput does not")
			.check(tests);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().should()
			.haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl|Base|Abstract|Data|Info|DTO|Processor)")
			.because("such a word says nothing that the package does not")
			.check(production);
	}

	@Test
	void noTwoTypesShareAName() {
		var places = production.stream()
			.filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getSimpleName,
					Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));

		assertThat(places).allSatisfy((name, packages) -> assertThat(packages).as(name).hasSize(1));
	}

}
