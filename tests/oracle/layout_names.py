"""Names and values that the cases of layout_generator.py are made of."""

METADATA = (
    "title description start_datetime end_datetime license providers platform instruments constellation mission gsd "
    "created updated keywords roles object"
).split()

ITEM_ATTRIBUTES = (
    "id geometry bbox properties collection collection_id stac_extensions datetime assets links extra_fields "
    "common_metadata ext self_href STAC_OBJECT_TYPE clone validate get_links from_dict from_file matches_object_type "
    "add_asset make_asset_hrefs_absolute full_copy set_self_href to_dict _object_links _repr_html_ target_in_hierarchy "
    "get_derived_from save_object"
).split()

ASSET_ATTRIBUTES = (
    "href title description media_type roles owner extra_fields common_metadata ext clone copy delete from_dict move "
    "get_absolute_href has_role set_owner to_dict _repr_html_ type nothing"
).split()

DATETIME_ATTRIBUTES = "year month day hour minute second microsecond fold tzinfo min max resolution nothing".split()

# Properties that pystac's migrations know.
MIGRATED = (
    "proj:epsg proj:code eo:epsg eo:gsd eo:platform eo:instrument eo:constellation eo:off_nadir eo:azimuth "
    "eo:incidence_angle eo:sun_azimuth eo:sun_elevation view:off_nadir view:azimuth label:property label:task "
    "label:tasks label:overview label:method label:methods sar:platform sar:instrument sar:constellation sar:type "
    "sar:product_type sar:polarization sar:polarizations dtr:start_datetime dtr:end_datetime checksum:multihash "
    "file:checksum platform instruments constellation gsd"
).split()

# Properties with a name that something else has, too, and ordinary ones.
PROPERTIES = (
    "a b a.b year month day date collection id type stac_version assets links clone bbox nested mgrs:utm_zone "
    "eo:cloud_cover landsat:wrs_path deprecated x:y"
).split() + ["", "a b", "a/b", "0", "é", "\ud800", "l[0]", "id ", "Id"]

SCHEMA_NAMES = (
    "classification datacube eo file grid label mgrs mlm pointcloud projection raster sar sat scientific storage table "
    "timestamps version view xarray-assets item-assets processing"
).split()

SHORT_EXTENSIONS = (
    "eo proj projection checksum file label sar sat view version dtr datetime-range commons collection-assets "
    "tiled-assets single-file-stac datacube table timestamps xarray scientific pointcloud asset item-assets x"
).split()

VERSIONS = ["1.0.0"] * 6 + ["1.1.0"] * 4 + [
    "0.6.0", "0.7.0", "0.8.0", "0.8.1", "0.9", "0.9.0", "0.9.0-rc.1", "1.0.0-beta.1", "1.0.0-beta.2", "1.0.0-rc.1",
    "1.0.0-rc.2", "1.0.1", "1.1.0-beta.1", "1.1.1", "2.0.0", "", "abc", "v1.0.0", "1.0.0-", "-", "1.1.0-",
]  # fmt: skip

DATETIMES = [
    "2020-01-02T03:04:05Z", "2020-12-31T23:30:00-05:00", "2020-01-02T03:04:05.123456Z", "2020-01-02", "2020", "2020-01",
    "20200102", "2020-W01-4", "2020W014", "2020-W53", "2020-003", "2020003", "2020-366", "2019-366", "2020-01-02T24:00",
    "2020-01-02T03", "2020-01-02T03:04", "20200102T030405", "2020-01-02 03:04:05+0530", "2020-01-02x03:04:05,5-00:30",
    "2020-01-02T03:04:05.1234567891z", "9999-12-31T24:00:00", "9999-W53-7", "0001-01-01", "0000-01-01", "0001-W01-1",
    "2020-13-01", "2020-02-30", "2020-02-29T23:59:59+23:59", "2020-01-02T25:00", "2020-01-02T03:60", "2020-01-02T03:04:60",
    "2020-01-02T03:04:05+24:00", "2020-01-02T03:04:05+01:60", "2020-01-02T", "2020-01-02T1", "2020-01-02T03:0405", "bad",
    "", "2020/01/02", " 2020-01-02", "2020-01-02T+01", "2020-01-02T10+-1:00", "2020-01-02T24:00:01", "202001", "20-01-02",
    "2020-W54-1", "2020-W01-8", "2020-W00-1", "2020-000", "1900-366", "é2020", "2_20-0_1",
]  # fmt: skip
