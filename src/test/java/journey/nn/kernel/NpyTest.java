package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NpyTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void anArrayIsAsTheFormatsDescriptionSays(DataType type) throws IOException {
    int size = type.width();
    for (int columns : new int[] {1, 7, 123_456}) {
      INDArray matrix = Nd4j.linspace(type, 0.5, 1, 2L * columns).reshape('f', 2, columns);
      ByteBuffer bytes = ByteBuffer.wrap(Npy.encode(matrix)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] magic = new byte[8];
      bytes.get(magic);
      assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, magic);
      byte[] header = new byte[bytes.getShort()];
      bytes.get(header);
      assertEquals(0, bytes.position() % 64);
      String text = new String(header, StandardCharsets.US_ASCII);
      assertTrue(text.endsWith(" \n") || text.endsWith("}\n"), text);
      assertEquals(
          "{'descr': '<f%d', 'fortran_order': False, 'shape': (2, %d), }".formatted(size, columns),
          text.strip());
      assertEquals(2L * columns * size, bytes.remaining());
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < Math.min(columns, 50); column++) {
          int at = bytes.position() + (row * columns + column) * size;
          double value = size == 4 ? bytes.getFloat(at) : bytes.getDouble(at);
          assertEquals(matrix.getDouble(row, column), value);
        }
      }
    }
  }

  @Test
  void refusesWhatIsTooLargeBeforeReadingIt() {
    refuses(new Npy(DataType.FLOAT, 'c', 46_000, 46_000), "FLOAT [46000, 46000] is larger");
    assumeTrue(Runtime.getRuntime().maxMemory() < 5_000_000_000L);
    refuses(new Npy(DataType.DOUBLE, 'c', 16_000, 16_000), "heap");
  }

  private static void refuses(Npy matrix, String message) {
    var error =
        assertThrows(IOException.class, () -> matrix.elements(InputStream.nullInputStream()));
    assertTrue(error.getMessage().contains(message), error::getMessage);
  }

  @Test
  void readsWhatNumPyKeepsByColumns() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }\n";
    ByteBuffer bytes = ByteBuffer.allocate(10 + header.length() + 48);
    bytes.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1});
    bytes.put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 1; i <= 6; i++) {
      bytes.putDouble(i / 3.0);
    }
    INDArray expected = Nd4j.createFromArray(new double[][] {{1, 3, 5}, {2, 4, 6}}).divi(3);
    InputStream file = new ByteArrayInputStream(bytes.array());
    assertEquals(expected, Npy.startOf(file).elements(file));
  }
}
