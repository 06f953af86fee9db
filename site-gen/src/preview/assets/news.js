// News of changes. However many tabs and frames are open, one connection is held: browsers allow six
// to a host, and a seventh tab would wait for ever. The tab that holds it tells the others.

const ADDRESS = "/_preview/events";

// Locks are there on this machine's own address; on another, every tab holds its own connection.
const others = navigator.locks && new BroadcastChannel("khung-preview");

/** Calls `told` with every piece of news, `lost` when the connection breaks. */
export function follow(told, lost) {
  others?.addEventListener("message", ({ data }) => (data === "lost" ? lost() : told(data)));
  const hold = () => {
    const events = new EventSource(ADDRESS);
    events.addEventListener("message", ({ data }) => {
      const news = JSON.parse(data);
      others?.postMessage(news);
      told(news);
    });
    events.addEventListener("error", () => {
      others?.postMessage("lost");
      lost();
      // After some faults a browser gives up; an editor restarts the preview and expects it back.
      if (events.readyState === EventSource.CLOSED) setTimeout(hold, 1000);
    });
  };
  if (others) navigator.locks.request("khung-preview", () => new Promise(hold)).catch(hold);
  else hold();
}
