// What can go wrong with a Redis, each with a name, a way to bring it about, and a way to end it.

/** Everybody is thrown out, so that who comes back meets the fault at its door. */
const throwOut = (redis) => redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes").then(() => redis.command("CLIENT", "KILL", "TYPE", "pubsub"));

/** What Redis would say to every command. */
const says = (name, reply) => ({ name, begin: (_, proxy) => proxy.say(reply), end: (_, proxy) => proxy.heal() });
const line = (name, begin, more) => ({ name, begin: (_, proxy) => begin(proxy), end: (_, proxy) => proxy.heal(), ...more });
const away = { isAway: true };

/** `isAway`: nothing is answered in time, so /health must say that Redis is down. `lateMs`: what it takes longer, within its time (redis.timeout_ms, 50): pages that come from it are as late. */
export const redisFaults = [
  { name: "kill -9", begin: (redis) => redis.kill(), end: (redis) => redis.start(), ...away },
  { name: "frozen (SIGSTOP)", begin: (redis) => redis.freeze(), end: (redis) => redis.thaw(), ...away },
  { name: "CLIENT PAUSE", begin: (redis, _, ms) => redis.command("CLIENT", "PAUSE", String(ms), "ALL"), end: () => {}, ...away },
  line("replies 20 ms late", (proxy) => proxy.late(20), { lateMs: 20 }),
  line("replies 500 ms late", (proxy) => proxy.late(500), away),
  line("one byte each 100 ms", (proxy) => proxy.drip()),
  line("reset in the middle of a reply", (proxy) => proxy.reset()),
  line("half a reply, then silence", (proxy) => proxy.half(), away),
  line("connection cut, and refused", (proxy) => proxy.cut(), away),
  says("hostile: a text of 1 GB announced", "$1073741824\r\n"),
  says("hostile: a length of -2", "$-2\r\n"),
  says("hostile: 100,000 nested lists", "*1\r\n".repeat(100000)),
  says("hostile: no end of line", "+".padEnd(1 << 20, "x")),
  says("hostile: lists for texts", "*2\r\n:1\r\n:2\r\n"),
  says("LOADING", "-LOADING Redis is loading the dataset in memory\r\n"),
  says("MOVED", "-MOVED 3999 127.0.0.1:1\r\n"),
  says("WRONGTYPE", "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"),
  { name: "NOAUTH", begin: async (redis) => { await redis.command("CONFIG", "SET", "requirepass", "another than the server knows"); await throwOut(redis); }, end: (redis) => redis.command("CONFIG", "SET", "requirepass", "") },
  { name: "READONLY", begin: (redis) => redis.command("REPLICAOF", "127.0.0.1", "1"), end: (redis) => redis.command("REPLICAOF", "NO", "ONE") },
  { name: "OOM, noeviction", begin: (redis) => redis.command("CONFIG", "SET", "maxmemory", "1"), end: (redis) => redis.command("CONFIG", "SET", "maxmemory", "0") },
  { name: "maxclients", begin: async (redis) => { await redis.command("CONFIG", "SET", "maxclients", "1"); await throwOut(redis); }, end: (redis) => redis.command("CONFIG", "SET", "maxclients", "10000") },
  { name: "FLUSHALL", begin: (redis) => redis.command("FLUSHALL"), end: () => {} },
  { name: "every key expires at once", begin: (redis) => redis.command("EVAL", "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('PEXPIRE', key, 1) end return 1", "0"), end: () => {} },
  { name: "every key is another kind", begin: (redis) => redis.command("EVAL", "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', key) redis.call('RPUSH', key, 'x') end return 1", "0"), end: (redis) => redis.command("FLUSHALL") },
];
