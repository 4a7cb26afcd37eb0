// The recipe for Vue, in the scope of a component.
import { effectScope } from "vue";
import { testRecipe } from "./cases.ts";
import { useDetachVolume } from "./vue/useDetachVolume.ts";

testRecipe("Vue", (options) => {
  const scope = effectScope();
  const used = scope.run(() => useDetachVolume());
  if (!used) throw new Error("the scope has ended");
  return {
    detachment: () => used.detachment.value,
    detach: () => used.detach(options),
    cancel: () => used.cancel(),
    remove: () => scope.stop(),
    settle: async (body) => body(),
  };
});
