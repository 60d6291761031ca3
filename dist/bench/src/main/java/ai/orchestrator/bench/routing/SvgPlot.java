package ai.orchestrator.bench.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws right answers over the share of calls that go to the large model, as SVG. */
final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int GRID = 5;
    private static final double MARGIN = 0.1;
    private static final List<String> COLOURS = List.of("#1f6feb", "#d1570a", "#2e7d32", "#8e24aa");

    private record Line(String name, double[] values, String style) {}

    private final String title;
    private final List<Line> lines = new ArrayList<>();

    SvgPlot(String title) {
        this.title = title;
    }

    /** A line through values at evenly spaced shares from 0 to 1. */
    SvgPlot line(String name, double[] values) {
        lines.add(new Line(name, values, "stroke=\"" + COLOURS.get(lines.size() % COLOURS.size()) + "\""));
        return this;
    }

    /** A dashed straight line, to compare with. */
    SvgPlot straight(String name, double from, double to) {
        lines.add(new Line(name, new double[] {from, to}, "stroke=\"#777777\" stroke-dasharray=\"5 4\""));
        return this;
    }

    String draw() {
        double lowest = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .min()
                .orElse(0);
        double highest = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .max()
                .orElse(1);
        double room = MARGIN * (highest - lowest);
        Axes axes = new Axes(lowest - room, highest + room);
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        svg.append(text("<text x=\"%d\" y=\"24\" font-size=\"15\">%s</text>\n", LEFT, title));
        for (int i = 0; i <= GRID; i++) {
            double share = i / (double) GRID;
            double quality = axes.low() + share * (axes.high() - axes.low());
            svg.append(text(
                    "<path d=\"M%.1f %dV%d M%d %.1fH%d\" stroke=\"#dddddd\"/>\n",
                    axes.x(share), TOP, HEIGHT - BOTTOM, LEFT, axes.y(quality), WIDTH - RIGHT));
            svg.append(text(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f%%</text>\n",
                    axes.x(share), HEIGHT - BOTTOM + 18, 100 * share));
            svg.append(text(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f%%</text>\n",
                    LEFT - 6, axes.y(quality) + 4, 100 * quality));
        }
        svg.append(text(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">calls that go to the large model</text>\n",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12));
        for (int i = 0; i < lines.size(); i++) {
            svg.append(path(lines.get(i), axes));
            int y = HEIGHT - BOTTOM - 14 - 18 * (lines.size() - 1 - i);
            svg.append(text(
                    "<path d=\"M%d %dh24\" fill=\"none\" stroke-width=\"2\" %s/>\n<text x=\"%d\" y=\"%d\">%s</text>\n",
                    WIDTH - RIGHT - 250,
                    y - 4,
                    lines.get(i).style(),
                    WIDTH - RIGHT - 220,
                    y,
                    lines.get(i).name()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String path(Line line, Axes axes) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.values().length; i++) {
            double share = i / (line.values().length - 1.0);
            path.append(text("%s%.1f %.1f", i == 0 ? "M" : "L", axes.x(share), axes.y(line.values()[i])));
        }
        return text("<path d=\"%s\" fill=\"none\" stroke-width=\"2\" %s/>\n", path, line.style());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private record Axes(double low, double high) {
        double x(double share) {
            return LEFT + share * (WIDTH - LEFT - RIGHT);
        }

        double y(double quality) {
            return HEIGHT - BOTTOM - (quality - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
        }
    }
}
