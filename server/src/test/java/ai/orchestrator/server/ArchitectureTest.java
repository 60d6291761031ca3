package ai.orchestrator.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What may know what: the layout that {@code docs/design-decisions.md} stands on. */
@AnalyzeClasses(packages = "ai.orchestrator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SERVER = "ai.orchestrator.server..";
    private static final String CONTRACT = "ai.orchestrator.plugin..";
    private static final String ORCHESTRATION = "ai.orchestrator.server.orchestration..";
    private static final String TEXTS = "ai.orchestrator.server.unicode..";
    private static final String SURFACES = "ai.orchestrator.server.http..";

    @ArchTest
    static final ArchRule hostNamesNoPlugin = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat(resideInAPackage("ai.orchestrator..").and(not(resideInAnyPackage(SERVER, CONTRACT))));

    @ArchTest
    static final ArchRule contractStandsAlone = classes()
            .that()
            .resideInAPackage(CONTRACT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CONTRACT, "java..", "org.pf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule surfacesReachTheRestThroughOrchestration = noClasses()
            .that()
            .resideInAPackage(SURFACES)
            .should()
            .dependOnClassesThat(resideInAPackage(SERVER).and(not(resideInAnyPackage(SURFACES, ORCHESTRATION, TEXTS))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule orchestrationKnowsNoPartOfTheServer = noClasses()
            .that()
            .resideInAPackage(ORCHESTRATION)
            .should()
            .dependOnClassesThat(resideInAPackage(SERVER).and(not(resideInAPackage(ORCHESTRATION))));

    @ArchTest
    static final ArchRule onlyThePluginHostNamesPf4j = noClasses()
            .that(resideInAPackage(SERVER).and(not(resideInAPackage("ai.orchestrator.server.plugin.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule partsFormNoCycle =
            slices().matching("ai.orchestrator.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingIsReactive =
            noClasses().should().dependOnClassesThat().haveNameMatching("java\\.util\\.concurrent\\.Flow.*");

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull = classes()
            .that()
            .resideInAPackage("ai.orchestrator..")
            .should(new ArchCondition<>("be in a package with @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage().tryGetPackageInfo().isPresent()
                            && item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(item, marked, item.getName() + " is not under @NullMarked"));
                }
            });
}
