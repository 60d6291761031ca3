package ai.orchestrator.server.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Sockets that connect to nothing but the public web, whoever found the address and however. */
final class CheckedSockets extends SocketFactory {
    private final Dialer dialer;

    CheckedSockets(Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public Socket createSocket() {
        return new CheckedSocket(dialer);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("a name is never connected to");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("a name is never connected to");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private static final class CheckedSocket extends Socket {
        private final Dialer dialer;

        private CheckedSocket(Dialer dialer) {
            this.dialer = dialer;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address)
                    || address.isUnresolved()
                    || !PublicAddresses.contain(address.getAddress())) {
                throw new PrivateAddressException();
            }
            super.connect(dialer.dial(address), timeout);
        }
    }
}
