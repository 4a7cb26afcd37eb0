// The recipe for Angular, in an injector that ends as that of a component does.
import "@angular/compiler";
import { createEnvironmentInjector, type EnvironmentInjector, Injector, LOCALE_ID } from "@angular/core";
import { DetachVolume } from "./angular/detach-volume.ts";
import { testRecipe } from "./cases.ts";

testRecipe("Angular", (options) => {
  const providers = [DetachVolume, { provide: LOCALE_ID, useValue: "en-US" }];
  const injector = createEnvironmentInjector(providers, Injector.NULL as EnvironmentInjector);
  const used = injector.get(DetachVolume);
  return {
    detachment: () => used.detachment(),
    detach: () => used.detach(options),
    cancel: () => used.cancel(),
    remove: () => injector.destroy(),
    settle: async (body) => body(),
  };
});
