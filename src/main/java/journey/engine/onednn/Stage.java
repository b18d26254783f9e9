package journey.engine.onednn;

/**
 * What the parts of a network are written into: a program, and where the parameters and their
 * gradients are.
 *
 * @param program what is written
 * @param training whether this is a forward pass of training, whose backward pass follows
 * @param parameters the address of the first parameter
 * @param gradients the address of the first parameter's gradient; gradients lie like parameters
 * @param step what changes from run to run
 */
record Stage(Program program, boolean training, long parameters, long gradients, StepInput step) {

  Tensor parameter(long position, Layout layout) {
    return program.external(layout, parameters + position * Float.BYTES);
  }

  Tensor gradient(long position, Layout layout) {
    return program.external(layout, gradients + position * Float.BYTES);
  }

  Tensor parameters(long position, long count) {
    return parameter(position, program.plain(count));
  }

  Tensor gradients(long position, long count) {
    return gradient(position, program.plain(count));
  }
}
