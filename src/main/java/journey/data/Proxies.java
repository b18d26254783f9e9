package journey.data;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy for an address: the one that Java's system properties name ({@code https.proxyHost} and
 * so on), or else the environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}, in capitals or in lower case.
 */
final class Proxies extends ProxySelector {

  private static final int DEFAULT_PORT = 80;

  private final ProxySelector java;
  private final Map<String, String> environment;

  /**
   * @param java what obeys the system properties
   * @param environment the environment variables
   */
  Proxies(ProxySelector java, Map<String, String> environment) {
    this.java = java;
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI url) {
    return java.select(url).stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .findFirst()
        .or(() -> ofEnvironment(url).map(Proxies::proxy))
        .map(List::of)
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI url, SocketAddress proxy, IOException problem) {
    // The download tells.
  }

  /**
   * What an error message says about the way to this address: which proxy it leads through, or
   * nothing.
   *
   * @throws DataUnavailableException if the environment variable is no proxy's address
   */
  String describe(URI url) {
    return select(url).get(0).address() instanceof InetSocketAddress proxy
        ? " through the proxy %s:%d".formatted(proxy.getHostString(), proxy.getPort())
        : "";
  }

  /** Gives the proxy, and nobody else, the user name and password in the variable. */
  Authenticator authenticator() {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        URI url = URI.create(getRequestingURL().toString());
        String[] user = ofEnvironment(url).map(URI::getUserInfo).orElse("").split(":", 2);
        return getRequestorType() == RequestorType.PROXY && user.length == 2
            ? new PasswordAuthentication(user[0], user[1].toCharArray())
            : null;
      }
    };
  }

  private Optional<URI> ofEnvironment(URI url) {
    String name = url.getScheme().toUpperCase(Locale.ROOT) + "_PROXY";
    String value = value(name);
    if (value.isEmpty() || isExempt(url.getHost().toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
        return Optional.of(proxy);
      }
    } catch (IllegalArgumentException noAddress) {
      // Said below, without the value: it may hold a password.
    }
    throw new DataUnavailableException(
        "the environment variable " + name + " must have the form http://HOST:PORT");
  }

  private static Proxy proxy(URI address) {
    int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
  }

  private boolean isExempt(String host) {
    return Stream.of(value("NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .map(entry -> entry.replaceAll("^\\*?\\.|:\\d+$", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  /** The lower case goes first, as elsewhere. */
  private String value(String name) {
    String upper = environment.getOrDefault(name, "");
    return environment.getOrDefault(name.toLowerCase(Locale.ROOT), upper).strip();
  }
}
