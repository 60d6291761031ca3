package ai.orchestrator.server.config;

import ai.orchestrator.server.config.DownloadConfig.Sdist;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.EngineConfig.Origin;
import java.util.Optional;

/** Reads where the native engine comes from. An address without a value, as an unset variable leaves it, is none. */
final class EngineReader {
    private EngineReader() {}

    static Optional<EngineConfig> read(Section section) {
        Optional<EngineConfig> archive = section.section("archive", at -> engine(at, Origin.ARCHIVE, web(at)));
        Optional<EngineConfig> source = section.section("source", at -> engine(at, Origin.SOURCE, pypiOrWeb(at)));
        return archive.or(() -> source);
    }

    private static Optional<EngineConfig> engine(Section section, Origin origin, Optional<Source> from) {
        Optional<String> sha256 = DownloadReader.sha256(section);
        return from.map(address -> new EngineConfig(
                origin,
                address,
                sha256.orElseThrow(() -> section.bad("sha256", "is required: what is run must be what was meant"))));
    }

    private static Optional<Source> web(Section section) {
        return section.settings().optionalText("url").map(url -> new Web(DownloadReader.uri(section, url)));
    }

    private static Optional<Source> pypiOrWeb(Section section) {
        Optional<String> requirement = section.settings().optionalText("pypi");
        Optional<Source> web = web(section);
        if (requirement.isPresent() && web.isPresent()) {
            throw section.bad("url", "expected either 'url' or 'pypi'");
        }
        return web.or(() -> requirement.map(text -> new Sdist(DownloadReader.requirement(section, text))));
    }
}
