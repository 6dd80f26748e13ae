"""Results of an evaluation run -> figures: by step, by harm, calibrated, over time, against others.

Pure: outlines and runs in, numbers out. The service's pages and the harness's reports show the
same ones.
"""
