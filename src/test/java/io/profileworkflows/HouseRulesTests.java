package io.profileworkflows;

import java.time.Instant;
import java.util.concurrent.Executors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.profileworkflows.integration.DocumentFormat;
import io.profileworkflows.integration.DocumentReader;
import io.profileworkflows.security.ForAnyCaller;
import io.profileworkflows.security.Requires;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

@OnTheSide
class HouseRulesTests {

	private static final JavaClasses production = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackagesOf(ProfileWorkflowsApplication.class);

	private static final DescribedPredicate<JavaAnnotation<?>> ISOLATION = DescribedPredicate.describe(
			"an isolation, which the driver sets for the whole session",
			annotation -> annotation.getRawType().isEquivalentTo(Transactional.class)
					&& annotation.as(Transactional.class).isolation() != Isolation.DEFAULT);

	@Test
	void onlyTheAdaptersKnowAws() {
		noClasses().that()
			.resideOutsideOfPackages("..customerprofiles..", "..preflight..", "..security..")
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
			.areAnnotatedWith(RestController.class)
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
			.because("whoever does not close such a stream keeps its connection")
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
			.areAnnotatedWith(RestController.class)
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
	void namesSayWhatAThingIs() {
		noClasses().should()
			.haveNameMatching(".*(Service|Manager|Helper|Utils?|Impl|Base|Abstract|Data|Info|DTO|Processor)")
			.because("such a word says nothing that the package does not")
			.check(production);
	}

}
