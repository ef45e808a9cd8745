def specimens():
    return {}
