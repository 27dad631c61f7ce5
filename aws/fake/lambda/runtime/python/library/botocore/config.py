"""Settings of a client. They are taken and kept; the sandbox needs none of them."""


class Config:
    def __init__(self, *args, **settings):
        if args:
            raise TypeError("Config takes keyword arguments only here")
        self.__dict__.update(settings)

    def merge(self, other):
        return Config(**{**self.__dict__, **other.__dict__})
