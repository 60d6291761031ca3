package ai.orchestrator.server.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/** Looks names up once, and refuses those of which any address is not of the public web. What it returns is what is connected to. */
final class CheckedDns implements Dns {
    private final Dns names;

    CheckedDns(Dns names) {
        this.names = names;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = List.copyOf(names.lookup(host));
        if (!addresses.stream().allMatch(PublicAddresses::contain)) {
            throw new PrivateAddressException();
        }
        return addresses;
    }
}
