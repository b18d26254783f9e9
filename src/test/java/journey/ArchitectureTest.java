package journey;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.text.DecimalFormat;
import journey.memory.MainMemory;

@AnalyzeClasses(packages = "journey", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrowsPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("nn")
          .definedBy("journey.nn..")
          .layer("data")
          .definedBy("journey.data..")
          .layer("metrics")
          .definedBy("journey.metrics..")
          .layer("plot")
          .definedBy("journey.plot..")
          .layer("engine")
          .definedBy("journey.engine..")
          .layer("memory")
          .definedBy("journey.memory..")
          .layer("progress")
          .definedBy("journey.progress..")
          .layer("file")
          .definedBy("journey.file..")
          .layer("cnn")
          .definedBy("journey.cnn..")
          .layer("search")
          .definedBy("journey.search..")
          .layer("notebook")
          .definedBy("journey.notebook..")
          // Nothing where Spark was not asked for.
          .optionalLayer("cluster")
          .definedBy("journey.cluster..")
          .whereLayer("cluster")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("notebook")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("notebook")
          .mayOnlyAccessLayers("metrics", "engine", "file")
          .whereLayer("search")
          .mayOnlyBeAccessedByLayers("cluster")
          .whereLayer("search")
          .mayOnlyAccessLayers("metrics", "progress", "file")
          .whereLayer("cnn")
          .mayOnlyBeAccessedByLayers("cluster")
          .whereLayer("cnn")
          .mayOnlyAccessLayers("nn", "data", "metrics", "engine", "memory", "progress", "file")
          .whereLayer("nn")
          .mayOnlyBeAccessedByLayers("cnn", "cluster")
          .whereLayer("nn")
          .mayOnlyAccessLayers("memory", "data", "progress", "file")
          .whereLayer("data")
          .mayOnlyAccessLayers("memory", "progress", "file")
          .whereLayer("metrics")
          .mayNotAccessAnyLayer()
          .whereLayer("plot")
          .mayOnlyAccessLayers("metrics", "data")
          .whereLayer("engine")
          .mayOnlyAccessLayers("memory")
          .whereLayer("memory")
          .mayNotAccessAnyLayer()
          .whereLayer("progress")
          .mayNotAccessAnyLayer()
          .whereLayer("file")
          .mayNotAccessAnyLayer()
          .ignoreDependency(alwaysTrue(), resideInAnyPackage("java.."));

  @ArchTest
  static final ArchRule noCycles = slices().matching("journey.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theKernelsKnowOnlyMemoryAndFiles =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("journey.nn.kernel..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("journey..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "journey.nn.kernel..", "journey.memory..", "journey.file.."))));

  @ArchTest
  static final ArchRule addressesAreForTheKernelsAndTheEngine =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages(
              "journey.memory..", "journey.nn.kernel..", "journey.engine..", "journey.bench..")
          .should()
          .dependOnClassesThat(type(MainMemory.class));

  @ArchTest
  static final ArchRule oneDnnsProgramsKnowNeitherNd4jNorDeeplearning4j =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("journey.engine.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "journey.memory..");

  @ArchTest
  static final ArchRule ofTheDataTheNetworksKnowOnlyBatches =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("journey.nn..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("journey.data..").and(not(type(journey.data.Batches.class))));

  /** NotationTest holds {@code formatted} to the same. */
  @ArchTest
  static final ArchRule nothingIsWrittenAsTheLocaleHasIt =
      ArchRuleDefinition.noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callConstructor(DecimalFormat.class, String.class);

  @ArchTest
  static final ArchRule theHandWrittenNetworksNeedNothingButNd4j =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("journey.nn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.knowm..", "tech.tablesaw..");
}
