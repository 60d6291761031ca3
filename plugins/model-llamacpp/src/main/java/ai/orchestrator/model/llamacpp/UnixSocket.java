package ai.orchestrator.model.llamacpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;

/** A Unix domain socket in the guise that HTTP clients know: whatever address it is to connect to, it connects to its file. */
final class UnixSocket extends Socket {
    private final SocketChannel channel;
    private final UnixDomainSocketAddress address;

    private UnixSocket(Path file) throws IOException {
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.address = UnixDomainSocketAddress.of(file);
    }

    /** Makes sockets that connect to a file. */
    static SocketFactory factory(Path file) {
        return new SocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                return new UnixSocket(file);
            }

            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return createSocket();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
                return createSocket();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) throws IOException {
                return createSocket();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
                    throws IOException {
                return createSocket();
            }
        };
    }

    @Override
    public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
        channel.connect(address);
    }

    @Override
    public InputStream getInputStream() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    /** Has no effect: a connection serves one call, and that has its own ways to end. */
    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
