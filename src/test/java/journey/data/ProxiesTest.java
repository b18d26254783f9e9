package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "HTTPS_PROXY, http://proxy:3128,          proxy:3128",
        "https_proxy, proxy:3128,                 proxy:3128",
        "HTTPS_PROXY, http://me:secret@proxy/,    proxy:80",
        "HTTP_PROXY,  http://proxy:3128,          none",
        "HTTPS_PROXY, '',                         none"
      })
  void obeysTheEnvironment(String name, String value, String described) {
    String expected = described == null ? "" : " through the proxy " + described;
    var url = URI.create("https://www.example.org/file");
    assertEquals(expected, proxies(Map.of(name, value)).describe(url));
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org,  false",
    "example.org,      false",
    ".example.org,     false",
    "*.example.org,    false",
    "'localhost, EXAMPLE.ORG', false",
    "*,                false",
    "example.org:80,   false",
    "ample.org,        true",
    "'',               true"
  })
  void leavesOutWhatNoProxyNames(String noProxy, boolean usesProxy) {
    var url = URI.create("http://www.example.org/file");
    for (String name : new String[] {"NO_PROXY", "no_proxy"}) {
      String way = proxies(Map.of("http_proxy", "proxy:1", name, noProxy)).describe(url);
      assertEquals(usesProxy, !way.isEmpty(), way);
    }
  }

  @Test
  void letsJavasPropertiesWin() {
    var java = ProxySelector.of(InetSocketAddress.createUnresolved("java", 8080));
    var proxies = new Proxies(java, Map.of("HTTPS_PROXY", "proxy:1"));
    assertEquals(
        " through the proxy java:8080", proxies.describe(URI.create("https://example.org/")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://me:secret@proxy:1", "http://", "http://a b"})
  void refusesWhatIsNoProxy(String value) {
    var problem =
        assertThrows(
            DataUnavailableException.class,
            () -> proxies(Map.of("HTTP_PROXY", value)).describe(URI.create("http://example.org/")));
    DownloaderTest.assertMentions(problem, "HTTP_PROXY", "http://HOST:PORT");
    assertFalse(problem.getMessage().contains("secret"), problem.getMessage());
  }

  private static Proxies proxies(Map<String, String> environment) {
    return new Proxies(ProxySelector.of(null), environment);
  }
}
