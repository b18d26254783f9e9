package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;

/** One step of a program. */
sealed interface Instruction {

  /** The part of the network it belongs to. */
  String part();

  void run();

  /** A primitive with its arguments. */
  record Primitive(
      String part,
      Program.Descriptor descriptor,
      dnnl_primitive primitive,
      dnnl_stream stream,
      dnnl_exec_arg_t arguments,
      int count)
      implements Instruction {
    @Override
    public void run() {
      NativeHandles.check(
          dnnl_primitive_execute(primitive, stream, count, arguments), "run a part of " + part);
    }
  }

  /** Something small that Java does, with an element per channel or class. */
  record InJava(String part, Runnable action) implements Instruction {
    @Override
    public void run() {
      action.run();
    }
  }
}
