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

  private final Map<?, ?> properties;
  private final ProxySelector java;
  private final Map<String, String> environment;

  /**
   * @param properties the system properties
   * @param java what obeys them
   * @param environment the environment variables
   */
  Proxies(Map<?, ?> properties, ProxySelector java, Map<String, String> environment) {
    this.properties = properties;
    this.java = java;
    this.environment = environment;
  }

  static Proxies standard() {
    return new Proxies(System.getProperties(), ProxySelector.getDefault(), System.getenv());
  }

  /** A proxy or none, and what names it. */
  private record Way(Proxy proxy, String source) {}

  private Way way(URI url) {
    String property = url.getScheme() + ".proxyHost";
    if (properties.containsKey(property)) {
      return new Way(java.select(url).get(0), "Java's property " + property);
    }
    Proxy proxy =
        environmentProxy(url)
            .map(address -> new Proxy(Proxy.Type.HTTP, socket(address)))
            .orElse(Proxy.NO_PROXY);
    return new Way(proxy, variable(url));
  }

  @Override
  public List<Proxy> select(URI url) {
    return List.of(way(url).proxy());
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
    Way way = way(url);
    return way.proxy().address() instanceof InetSocketAddress proxy
        ? " through the proxy %s:%d (%s)"
            .formatted(proxy.getHostString(), proxy.getPort(), way.source())
        : "";
  }

  /** Gives the proxy the user name and password in the variable, if it has any. */
  Optional<Authenticator> authenticator() {
    var authenticator =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            URI url = URI.create(getRequestingURL().toString());
            String[] user = environmentProxy(url).map(URI::getUserInfo).orElse("").split(":", 2);
            return getRequestorType() == RequestorType.PROXY && user.length == 2
                ? new PasswordAuthentication(user[0], user[1].toCharArray())
                : null;
          }
        };
    boolean named =
        Stream.of("HTTP_PROXY", "HTTPS_PROXY").anyMatch(name -> value(spelt(name)).contains("@"));
    return named ? Optional.of(authenticator) : Optional.empty();
  }

  private Optional<URI> environmentProxy(URI url) {
    String value = value(variable(url));
    if (value.isEmpty() || isExempt(url)) {
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
        "the environment variable " + variable(url) + " must have the form http://HOST:PORT");
  }

  private static InetSocketAddress socket(URI proxy) {
    int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    return InetSocketAddress.createUnresolved(proxy.getHost(), port);
  }

  private boolean isExempt(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return Stream.of(value(spelt("NO_PROXY")).toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .map(entry -> entry.replaceAll("^\\*?\\.|:\\d+$", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  private String variable(URI url) {
    return spelt(url.getScheme().toUpperCase(Locale.ROOT) + "_PROXY");
  }

  /** The variable's name as it is set: the lower case goes first, as elsewhere. */
  private String spelt(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return environment.containsKey(lower) ? lower : name;
  }

  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
