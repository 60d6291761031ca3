package ai.orchestrator.server.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Tells the addresses of the public web from those of this machine, its networks, its cloud and everything reserved. */
final class PublicAddresses {
    private static final List<AddressBlock> RESERVED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32", // a cloud's inner services, though the number is a public one
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(AddressBlock::of)
            .toList();

    private static final AddressBlock COMPATIBLE = AddressBlock.of("::/96");
    private static final AddressBlock TRANSLATED = AddressBlock.of("::ffff:0:0:0/96");
    private static final AddressBlock NAT64 = AddressBlock.of("64:ff9b::/96");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.of("2002::/16");
    private static final AddressBlock TEREDO = AddressBlock.of("2001::/32");

    private PublicAddresses() {}

    /** Whether a page may be fetched from there; an address that carries another one inside needs both to be public. */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isMapped(bytes) ? isPublic(Arrays.copyOfRange(bytes, 12, 16)) : isPublic(bytes);
    }

    private static boolean isPublic(byte[] address) {
        return RESERVED.stream().noneMatch(block -> block.holds(address))
                && inner(address).stream().allMatch(PublicAddresses::isPublic);
    }

    private static boolean isMapped(byte[] address) {
        return address.length == 16
                && address[10] == (byte) 0xFF
                && address[11] == (byte) 0xFF
                && COMPATIBLE.holds(zeroed(address));
    }

    /** The mapped address as its compatible one: the JDK makes plain IPv4 of the text of the former, so that no block can be written for it. */
    private static byte[] zeroed(byte[] address) {
        byte[] compatible = address.clone();
        compatible[10] = 0;
        compatible[11] = 0;
        return compatible;
    }

    /** The IPv4 addresses that an address of a tunnel or a translator leads to. */
    private static List<byte[]> inner(byte[] address) {
        if (COMPATIBLE.holds(address) || NAT64.holds(address) || TRANSLATED.holds(address)) {
            return List.of(Arrays.copyOfRange(address, 12, 16));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return List.of(Arrays.copyOfRange(address, 2, 6));
        }
        if (TEREDO.holds(address)) {
            byte[] client = Arrays.copyOfRange(address, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return List.of(Arrays.copyOfRange(address, 4, 8), client);
        }
        return List.of();
    }
}
