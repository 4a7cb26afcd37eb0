"use client";
import { detachVolume } from "ecs-detach-volume";
import { useEffect } from "react";

// The page is rendered on the server too: there the import must do nothing.
export default function Page() {
  useEffect(() => {
    const options = JSON.parse(new URLSearchParams(location.search).get("options"));
    const show = ({ jobId, message }) => {
      document.body.dataset.outcome = jobId ?? message;
    };
    detachVolume(options).then(show, show);
  }, []);
  return <p>A client component</p>;
}
