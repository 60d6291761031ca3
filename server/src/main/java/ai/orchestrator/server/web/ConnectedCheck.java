package ai.orchestrator.server.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Sends nothing over a connection whose far end is not of the public web. */
final class ConnectedCheck implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        Optional<InetAddress> far = Optional.ofNullable(chain.connection())
                .map(Connection::socket)
                .flatMap(socket -> Optional.ofNullable(socket.getInetAddress()));
        if (!far.map(PublicAddresses::contain).orElse(false)) {
            throw new PrivateAddressException();
        }
        return chain.proceed(chain.request());
    }
}
