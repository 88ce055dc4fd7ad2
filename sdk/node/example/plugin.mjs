// A plugin in JavaScript. Installed, platform-plugin.mjs lies beside it.
import { block, CallError, escape, Html, serve } from "./platform-plugin.mjs";

let settings;
let visits = 0;

serve({
  name: "example",
  version: "1.0.0",

  init(config) {
    settings = config.settings;
    config.log.information(`greets with ${settings.greeting}`);
  },

  reload(config) { settings = config.settings; },

  dataFor(path, request) {
    if (path !== "hello" && path !== "/hello") return null;
    return {
      data: { greeting: `${settings.greeting}, ${request.route.name ?? "World"}!`, visits: ++visits },
      template: "hello",
      tags: ["greetings"],
      ttl: 60,
    };
  },

  helpers: {
    initials: (call) => String(call.arguments[0]).split(" ").map((word) => word[0]).join(""),
    mail(call) {
      const [address] = call.arguments;
      if (typeof address !== "string") throw new CallError(`${address} is no address; expected a text.`);
      return new Html(`<a href="mailto:${escape(address)}">${escape(address)}</a>`);
    },
    twice: block(async (block) => {
      await block.render({ variables: { turn: 1 } });
      await block.render({ variables: { turn: 2 } });
    }),
  },
});
