package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_a;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_acdb;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cdba;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A sequence of instructions over tensors: a pass through a network, on parameters that somebody
 * else owns. First instructions are added; {@link #finish()} then lays the tensors out in memory;
 * after that the program can be run any number of times.
 *
 * <p>What in inference follows from the parameters alone, such as their copies in other layouts, is
 * a preparation: it is computed in the first run and then again when the parameters have changed.
 */
final class Program implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final boolean training;
  private final Plan.Memory memory;
  private final RunState state = new RunState();
  private final NativeHandles handles = new NativeHandles();
  private final Cleaner.Cleanable cleanable = CLEANER.register(this, handles::close);
  private final dnnl_primitive_attr plain = handles.attributes();
  private final List<Instruction> preparations = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private boolean frozen;
  private String label = "";
  private String part = "";
  private long[] nanoseconds = {};
  private long runs;
  private Arena arena;
  private Arena preparing;
  private long start;
  private Long preparedFor;

  /**
   * @param training whether this is a forward pass of training, with its backward pass
   * @param memory the parameters, their gradients, and where the other tensors lie during a run
   */
  Program(boolean training, Plan.Memory memory) {
    this.training = training;
    this.memory = memory;
  }

  /** Whether what is added now is to learn. */
  boolean training() {
    return training && !frozen;
  }

  /** Adds a forward pass as it is in inference, whatever the rest of the program is for. */
  Tensor inInference(Supplier<Operation.ForwardPass> pass) {
    frozen = true;
    try {
      return pass.get().result();
    } finally {
      frozen = false;
    }
  }

  RunState state() {
    return state;
  }

  NativeHandles handles() {
    return handles;
  }

  /** Names the part of the network to which the instructions that follow belong, and the pass. */
  void part(String label, String pass) {
    this.label = label;
    part = label + pass;
  }

  /**
   * Requires that what comes into the present part fits it.
   *
   * @param expected the shape that would
   * @throws IllegalArgumentException if it does not
   */
  void require(boolean fits, Tensor found, String expected) {
    if (!fits) {
      throw new IllegalArgumentException(
          "%s takes %s, but gets %s"
              .formatted(label, expected, Arrays.toString(found.layout().shape())));
    }
  }

  /** Elements without gaps, the last dimension fastest. */
  Layout plain(long... shape) {
    return layout(shape.length == 1 ? dnnl_a : shape.length == 2 ? dnnl_ab : dnnl_abcd, shape);
  }

  /** The layout that suits oneDNN best. */
  Layout any(long... shape) {
    return layout(dnnl_format_tag_any, shape);
  }

  /** Pictures whose channels lie together. */
  Layout channelsLast(long... shape) {
    return layout(dnnl_acdb, shape);
  }

  /** Filters {@code [outputs, inputs, height, width]} whose outputs lie together. */
  Layout outputsLast(long... shape) {
    return layout(dnnl_cdba, shape);
  }

  private Layout layout(int tag, long... shape) {
    var descriptor = handles.own(new dnnl_memory_desc_t());
    NativeHandles.check(
        dnnl_memory_desc_init_by_tag(descriptor, shape.length, shape, dnnl_f32, tag),
        "describe a tensor");
    return new Layout(descriptor);
  }

  /** A new tensor in the workspace; its elements last as long as they are used. */
  Tensor tensor(Layout layout) {
    return tensor(layout, Block.inArena(layout.bytes()));
  }

  /** Elements that never change, but in training must be written anew in each run. */
  Tensor constant(float[] values) {
    Tensor tensor = tensor(plain(values.length));
    prepare(() -> tensor.write(values), List.of(), List.of(tensor));
    return tensor;
  }

  /** A layer's parameters, from this position among all parameters on. */
  Tensor parameters(long position, long... shape) {
    Block block = Block.at(memory.parameters() + position * Float.BYTES);
    return tensor(plain(shape), training ? block : block.becomesPrepared());
  }

  /** The gradients of a layer's parameters; gradients lie like parameters. */
  Tensor gradients(long position, long... shape) {
    return external(plain(shape), memory.gradients() + position * Float.BYTES);
  }

  /** Somebody else's elements. */
  Tensor external(Layout layout, long address) {
    return tensor(layout, Block.at(address));
  }

  /** The same elements, seen in another shape. */
  Tensor alias(Tensor tensor, Layout layout) {
    return tensor(layout, tensor.block());
  }

  private Tensor tensor(Layout layout, Block block) {
    var handle = new dnnl_memory();
    NativeHandles.check(
        dnnl_memory_create(handle, layout.descriptor(), handles.engine, (Pointer) null),
        "make a tensor");
    handles.onClose(() -> dnnl_memory_destroy(handle));
    var tensor = new Tensor(layout, block, handle);
    tensors.add(tensor);
    return tensor;
  }

  /** A primitive's description; empty if oneDNN has no such primitive here. */
  Optional<Descriptor> tryDescribe(
      Pointer operation, dnnl_primitive_attr attributes, Descriptor hint) {
    handles.own(operation);
    var created = new dnnl_primitive_desc();
    int status =
        dnnl_primitive_desc_create(
            created,
            new const_dnnl_op_desc_t(operation),
            attributes == null ? plain : attributes,
            handles.engine,
            hint == null ? null : hint.primitive());
    return status == 0 ? Optional.of(describe(created)) : Optional.empty();
  }

  /**
   * A primitive's description.
   *
   * @throws IllegalStateException if oneDNN has no such primitive here
   */
  Descriptor describe(Pointer operation, Descriptor hint) {
    return tryDescribe(operation, null, hint)
        .orElseThrow(() -> new IllegalStateException("oneDNN has no primitive for " + part));
  }

  private Descriptor describe(dnnl_primitive_desc created) {
    handles.onClose(() -> dnnl_primitive_desc_destroy(created));
    return new Descriptor(created);
  }

  /** A primitive's description, which also says what layouts it wants. */
  record Descriptor(dnnl_primitive_desc primitive) {
    Layout layout(int what) {
      return new Layout(dnnl_primitive_desc_query_md(primitive, what, 0));
    }

    /**
     * Whether it is oneDNN's plain C++, which is a hundred times as slow as its own machine code.
     */
    boolean isReference() {
      try (var name = new PointerPointer<BytePointer>(1)) {
        NativeHandles.check(
            dnnl_primitive_desc_query(primitive, dnnl_query_impl_info_str, 0, name),
            "name a primitive");
        return name.get(BytePointer.class).getString().startsWith("ref");
      }
    }
  }

  /** Adds a primitive with its tensors by their roles, which are oneDNN's DNNL_ARG_ numbers. */
  void add(Descriptor descriptor, Map<Integer, Tensor> roles) {
    add(descriptor, roles, false);
  }

  private void add(Descriptor descriptor, Map<Integer, Tensor> roles, boolean preparation) {
    var arguments = new LinkedHashMap<>(roles);
    Layout scratch = descriptor.layout(dnnl_query_scratchpad_md);
    if (scratch.bytes() > 0) {
      arguments.put(DNNL_ARG_SCRATCHPAD, tensor(scratch));
    }
    var primitive = new dnnl_primitive();
    NativeHandles.check(
        dnnl_primitive_create(primitive, descriptor.primitive()), "make a primitive");
    handles.onClose(() -> dnnl_primitive_destroy(primitive));
    var array = handles.own(new dnnl_exec_arg_t(arguments.size()));
    int i = 0;
    for (var argument : arguments.entrySet()) {
      array.position(i++).arg(argument.getKey()).memory(argument.getValue().memory());
    }
    array.position(0);
    add(
        new Instruction.Primitive(
            part, descriptor, primitive, handles.stream, array, arguments.size()),
        arguments.values(),
        preparation);
  }

  /** The parts for which oneDNN has only its reference, which is very slow. */
  List<String> byReference() {
    return instructions.stream()
        .filter(each -> each instanceof Instruction.Primitive one && one.descriptor().isReference())
        .map(Instruction::part)
        .toList();
  }

  /** Adds something that Java does with these tensors. */
  void add(Runnable action, Tensor... used) {
    add(new Instruction.InJava(part, action), List.of(used), false);
  }

  /**
   * Adds something that Java does with these tensors, which are parameters or follow from them. In
   * inference it is a preparation.
   */
  void prepare(Runnable action, List<Tensor> used, List<Tensor> results) {
    boolean preparation = prepares(used, results);
    var all = new ArrayList<>(used);
    all.addAll(results);
    add(new Instruction.InJava(part, action), all, preparation);
  }

  /** Whether results that are made from these tensors alone follow from the parameters. */
  private boolean prepares(List<Tensor> used, List<Tensor> results) {
    boolean prepared = !training && used.stream().allMatch(tensor -> tensor.block().prepared());
    if (prepared) {
      results.forEach(result -> result.block().becomesPrepared());
    }
    return prepared;
  }

  private void add(Instruction instruction, Collection<Tensor> used, boolean preparation) {
    List<Instruction> list = preparation ? preparations : instructions;
    for (Tensor tensor : used) {
      if (preparation) {
        tensor.block().usedByPreparation(list.size());
      } else {
        tensor.block().usedBy(list.size());
      }
    }
    list.add(instruction);
  }

  /** The tensor in this layout: itself, or a copy that is made at this place of the program. */
  Tensor as(Layout layout, Tensor tensor) {
    return tensor.layout().same(layout) ? tensor : copy(tensor, tensor(layout));
  }

  /** Adds a copy from one layout into another. */
  Tensor copy(Tensor from, Tensor to) {
    var created = new dnnl_primitive_desc();
    NativeHandles.check(
        dnnl_reorder_primitive_desc_create(
            created,
            from.layout().descriptor(),
            handles.engine,
            to.layout().descriptor(),
            handles.engine,
            plain),
        "copy between layouts in " + part);
    add(
        describe(created),
        Map.of(DNNL_ARG_FROM, from, DNNL_ARG_TO, to),
        prepares(List.of(from), List.of(to)));
    return to;
  }

  /** Adds an operation on two tensors, of which the second may have sizes of 1. */
  Tensor binary(int algorithm, Tensor a, Tensor b) {
    Tensor result = tensor(a.layout());
    var operation = new dnnl_binary_desc_t();
    NativeHandles.check(
        dnnl_binary_desc_init(
            operation,
            algorithm,
            a.layout().descriptor(),
            b.layout().descriptor(),
            result.layout().descriptor()),
        "describe an operation of " + part);
    add(
        describe(operation, null),
        Map.of(DNNL_ARG_SRC_0, a, DNNL_ARG_SRC_1, b, DNNL_ARG_DST, result),
        prepares(List.of(a, b), List.of(result)));
    return result;
  }

  /** Works out which tensor lies where in the workspace. */
  void finish() {
    arena = new Arena(blocks(Block.Lifetime.RUN));
    preparing = new Arena(blocks(Block.Lifetime.PREPARATION));
    List<Block> lasting = blocks(Block.Lifetime.LASTING);
    lasting.forEach(Block::lasts);
    var kept = new Arena(lasting);
    Workspace own = memory.workspace().another();
    handles.onClose(own::close);
    kept.moveTo(own.reserve(kept.bytes()));
    nanoseconds = new long[instructions.size()];
  }

  private List<Block> blocks(Block.Lifetime lifetime) {
    return tensors.stream()
        .map(Tensor::block)
        .filter(block -> !block.external() && block.lifetime() == lifetime)
        .distinct()
        .toList();
  }

  private void bind() {
    long address = memory.workspace().reserve(Math.max(arena.bytes(), preparing.bytes()));
    if (address != start) {
      start = address;
      arena.moveTo(address);
      preparing.moveTo(address);
      tensors.stream().filter(tensor -> tensor.block().address() != 0).forEach(Tensor::bind);
    }
  }

  /** Moves somebody else's elements, and all tensors that see them in another shape. */
  void move(Tensor external, long address) {
    Block block = external.block();
    block.moveTo(address);
    tensors.stream().filter(tensor -> tensor.block() == block).forEach(Tensor::bind);
  }

  /** Runs the preparations if these are other parameters than at the last call. */
  void prepareFor(long version) {
    if (preparedFor == null || preparedFor != version) {
      bind();
      preparations.forEach(Instruction::run);
      preparedFor = version;
    }
  }

  void run() {
    bind();
    long before = System.nanoTime();
    for (int i = 0; i < nanoseconds.length; i++) {
      instructions.get(i).run();
      long now = System.nanoTime();
      // The first run touches all memory for the first time, which takes long and says nothing.
      nanoseconds[i] += runs == 0 ? 0 : now - before;
      before = now;
    }
    runs++;
  }

  /**
   * Milliseconds per run of each part, a mean over all runs but the first and without preparations;
   * empty before that.
   */
  Map<String, Double> milliseconds() {
    if (runs < 2) {
      return Map.of();
    }
    var parts = new LinkedHashMap<String, Double>();
    for (int i = 0; i < nanoseconds.length; i++) {
      double mean = nanoseconds[i] / 1e6 / (runs - 1);
      parts.merge(instructions.get(i).part(), mean, Double::sum);
    }
    return parts;
  }

  @Override
  public void close() {
    cleanable.clean();
  }
}
