import { detachVolume } from "ecs-detach-volume";
import { useEffect } from "react";
import { options, show } from "../outcome.js";

export default function Page() {
  useEffect(() => {
    detachVolume(options).then(show, show);
  }, []);
  return <p>A disk</p>;
}
