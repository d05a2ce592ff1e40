# For workerd alone, after `npm run build`:  workerd serve examples/worker/config.capnp
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "stac-task", esModule = embed "../../dist/workerd.js"),
    (name = "core.glue.js", esModule = embed "../../dist/core.glue.js"),
    (name = "core.wasm", wasm = embed "../../dist/core.wasm"),
    (name = "task-fetch.js", esModule = embed "../../dist/task-fetch.js"),
  ],
);
