package ai.orchestrator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of {@link ArchitectureTest} find what they are there for: each is tried on classes that break it. */
class ArchitectureViolationsTest {
    @TempDir
    private Path folder;

    @Test
    void ofTheHostByAPlugin() throws IOException {
        assertThat(broken(
                        ArchitectureTest.hostNamesNoPlugin,
                        "package ai.orchestrator.cache.redis; public class Tier {}",
                        "package ai.orchestrator.server.cache; class Uses { ai.orchestrator.cache.redis.Tier tier; }"))
                .isTrue();
    }

    @Test
    void ofTheContractByALibrary() throws IOException {
        assertThat(
                        broken(
                                ArchitectureTest.contractStandsAlone,
                                "package com.fasterxml.jackson.databind; public class JsonNode {}",
                                "package ai.orchestrator.plugin.model; class Uses { com.fasterxml.jackson.databind.JsonNode node; }"))
                .isTrue();
    }

    @Test
    void ofASurfaceByThePartBehindIt() throws IOException {
        assertThat(
                        broken(
                                ArchitectureTest.surfacesReachTheRestThroughOrchestration,
                                "package ai.orchestrator.server.cache; public class Tiers {}",
                                "package ai.orchestrator.server.http.ollama; class Uses { ai.orchestrator.server.cache.Tiers tiers; }"))
                .isTrue();
    }

    @Test
    void ofThePipelineByAPart() throws IOException {
        assertThat(
                        broken(
                                ArchitectureTest.orchestrationKnowsNoPartOfTheServer,
                                "package ai.orchestrator.server.cache; public class Tiers {}",
                                "package ai.orchestrator.server.orchestration; class Uses { ai.orchestrator.server.cache.Tiers tiers; }"))
                .isTrue();
    }

    @Test
    void ofThePluginHostsOwnLibrary() throws IOException {
        assertThat(broken(
                        ArchitectureTest.onlyThePluginHostNamesPf4j,
                        "package org.pf4j; public class PluginManager {}",
                        "package ai.orchestrator.server.model; class Uses { org.pf4j.PluginManager manager; }"))
                .isTrue();
    }

    @Test
    void byACycle() throws IOException {
        assertThat(broken(
                        ArchitectureTest.partsFormNoCycle,
                        "package ai.orchestrator.server.cost; public class A { ai.orchestrator.server.stats.B b; }",
                        "package ai.orchestrator.server.stats; public class B { ai.orchestrator.server.cost.A a; }"))
                .isTrue();
    }

    @Test
    void byAReactiveType() throws IOException {
        assertThat(
                        broken(
                                ArchitectureTest.nothingIsReactive,
                                "package ai.orchestrator.server.model; class Uses { java.util.concurrent.Flow.Subscription s; }"))
                .isTrue();
    }

    @Test
    void byAPackageThatSaysNothingOfNull() throws IOException {
        assertThat(broken(
                        ArchitectureTest.everyPackageSaysWhatMayBeNull,
                        "package ai.orchestrator.server.bare; class Bare {}"))
                .isTrue();
    }

    /** Compiles the sources, one class each, and tells whether they break the rule. */
    private boolean broken(ArchRule rule, String... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
        for (int i = 0; i < sources.length; i++) {
            String name = sources[i].replaceFirst("(?s).*?\\bclass (\\w+).*", "$1");
            Path file = Files.createDirectories(folder.resolve("source" + i)).resolve(name + ".java");
            Files.writeString(file, sources[i]);
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        JavaClasses classes = new ClassFileImporter().importPath(folder);
        return rule.evaluate(classes).hasViolation();
    }
}
