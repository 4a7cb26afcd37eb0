import { detachVolume } from "ecs-detach-volume";

export async function bootstrap() {}

export async function mount({ options, show }) {
  detachVolume(options).then(show, show);
}

export async function unmount() {}
