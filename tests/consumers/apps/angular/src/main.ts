import { Component, type OnInit, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { type DetachTask, detachVolume } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages/en";
import { options, show } from "./outcome.js";

@Component({ selector: "app-root", template: "<p>{{ said() }}</p>" })
class App implements OnInit {
  readonly said = signal("A disk");

  ngOnInit() {
    detachVolume(options).then(
      (task: DetachTask) => show(task),
      (error: Error) => {
        this.said.set(describeError(error).title);
        show(error);
      },
    );
  }
}

bootstrapApplication(App);
