package ai.orchestrator.server.web;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param prefix the bytes that an address of the range starts with, as far as {@code bits} goes
 * @param bits how many bits all addresses have in common
 */
record AddressBlock(InetAddress prefix, int bits) {
    /** @param text for instance {@code 10.0.0.0/8} or {@code fc00::/7} */
    static AddressBlock of(String text) {
        int slash = text.indexOf('/');
        return new AddressBlock(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    boolean holds(InetAddress address) {
        return holds(address.getAddress());
    }

    /** @param address 4 or 16 bytes; a block of the other family holds none of them */
    boolean holds(byte[] address) {
        byte[] start = prefix.getAddress();
        if (address.length != start.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
            if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
