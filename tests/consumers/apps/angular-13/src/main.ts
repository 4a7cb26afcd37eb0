import { Component, NgModule, type OnInit } from "@angular/core";
import { BrowserModule } from "@angular/platform-browser";
import { platformBrowserDynamic } from "@angular/platform-browser-dynamic";
import { type DetachTask, detachVolume } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages/en";
import { options, show } from "./outcome";

@Component({ selector: "app-root", template: "<p>{{ said }}</p>" })
class AppComponent implements OnInit {
  said = "A disk";

  ngOnInit() {
    detachVolume(options).then(
      (task: DetachTask) => show(task),
      (error: Error) => {
        this.said = describeError(error).title;
        show(error);
      },
    );
  }
}

@NgModule({ declarations: [AppComponent], imports: [BrowserModule], bootstrap: [AppComponent] })
class AppModule {}

platformBrowserDynamic().bootstrapModule(AppModule);
