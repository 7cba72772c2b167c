// Files that the bundler turns into addresses.
declare module "*.geojson" {
  const address: string;
  export default address;
}
